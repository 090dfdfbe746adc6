from . import (
    test_people,
    test_portal_people,
    test_privacy,
    test_relay_desk,
    test_relay_file,
)
