from . import (
    test_certificate,
    test_certificate_migration,
    test_certificate_page,
    test_days_migration,
    test_declaration,
    test_hour_locks,
    test_ledger,
    test_month_grid,
    test_partial_reversal,
    test_portal_tour,
    test_proof_files,
    test_reminder,
)
