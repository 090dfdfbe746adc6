from . import (
    test_accessibility,
    test_attachment_locks,
    test_beside,
    test_engine,
    test_locks,
    test_notification,
    test_parameters,
    test_portal,
    test_query_count,
    test_rights,
    test_spreadsheet_export,
    test_suppression,
)
