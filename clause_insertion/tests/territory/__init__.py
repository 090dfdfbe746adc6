from . import (
    test_commune,
    test_directory,
    test_territory_locks,
    test_territory,
)
