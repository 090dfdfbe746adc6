from . import (
    test_declaration,
    test_engine,
    test_ledger,
    test_import,
    test_obligation,
    test_parameters,
    test_people,
    test_privacy,
    test_purchase_life,
    test_rights,
    test_sizing,
    test_territory,
)
