from . import (
    clause_insertion_contract_modification,
    clause_insertion_document_mixin,
    clause_insertion_essential_data_mixin,
    clause_insertion_essential_difference,
    clause_insertion_essential_words,
    clause_insertion_statement_mixin,
    clause_insertion_publication,
    digest_digest,
    ir_filters,
    purchase_order,
    purchase_requisition,
)
