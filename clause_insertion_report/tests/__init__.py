from . import (
    test_access,
    test_clause_report,
    test_engine,
    test_follow_up,
    test_hours_report,
    test_open_data,
    test_purchase_report,
    test_standard_reports,
    test_statement,
    test_statement_privacy,
    test_statement_xlsx,
    test_tender,
)
