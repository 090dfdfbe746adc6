from . import (
    test_publication,
    test_publication_once,
    test_statement,
    test_statement_as_of,
    test_statement_erasure,
    test_statement_oracle,
    test_statement_pdf,
    test_statement_privacy,
    test_statement_scope,
    test_statement_xlsx,
)
