from . import (
    test_clause_follows_purchase,
    test_contract_modification,
    test_foreign_state,
    test_obligation,
    test_purchase_tour,
)
