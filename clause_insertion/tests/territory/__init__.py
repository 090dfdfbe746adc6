from . import (
    test_commune,
    test_directory,
    test_locks,
    test_territory,
)
