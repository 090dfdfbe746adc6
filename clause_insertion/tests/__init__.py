from . import (
    test_declaration,
    test_engine,
    test_ledger,
    test_obligation,
    test_parameters,
    test_people,
    test_purchase_life,
    test_sizing,
    test_territory,
)
