from . import (
    test_import,
    test_import_again,
    test_import_bad_file,
    test_import_files,
    test_import_large,
    test_import_locks,
    test_import_rights,
    test_portal_hours_file,
)
