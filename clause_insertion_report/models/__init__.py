from . import (
    clause_insertion_contract_modification,
    clause_insertion_essential_data_mixin,
    clause_insertion_essential_difference,
    clause_insertion_essential_words,
    digest_digest,
    ir_filters,
    purchase_order,
    purchase_requisition,
)
