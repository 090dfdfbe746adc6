from . import (
    test_certificate,
    test_declaration,
    test_desk_tour,
    test_ledger,
    test_portal_month,
    test_proof_files,
    test_reminder,
)
