from . import (
    test_audit,
    test_case_file,
    test_erasure,
    test_erasure_portal,
    test_erasure_traces,
    test_people_locks,
    test_people,
    test_portal_people,
    test_portal_relay,
    test_privacy,
    test_register,
    test_relay,
)
