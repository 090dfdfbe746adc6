from . import clause_insertion_file  # isort: skip  (the others inherit from it)
from . import (
    clause_insertion_commune_file,
    clause_insertion_penalty_bill,
    clause_insertion_penalty_step,
    clause_insertion_proposal,
    clause_insertion_refusal,
    clause_insertion_relay_file,
    purchase_requisition_create_alternative,
)
