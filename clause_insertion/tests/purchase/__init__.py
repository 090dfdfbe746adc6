from . import (
    test_clause_follows_purchase,
    test_contract_modification,
    test_obligation,
    test_purchase_tour,
)
