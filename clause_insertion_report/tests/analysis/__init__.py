from . import (
    test_access,
    test_clause_report,
    test_dashboard,
    test_digest,
    test_hours_report,
    test_purchase_report,
    test_standard_reports,
)
