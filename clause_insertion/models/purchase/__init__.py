from . import (
    clause_insertion,
    clause_insertion_contract_modification,
    clause_insertion_essential_data_mixin,
    clause_insertion_essential_word,
    clause_insertion_exemption,
    clause_insertion_obligation_mixin,
    clause_insertion_published_mixin,
    purchase_order,
    purchase_requisition,
)
