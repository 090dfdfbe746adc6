from . import (
    clause_insertion_contract_modification,
    clause_insertion_essential_data_mixin,
    purchase_order,
    purchase_requisition,
)
