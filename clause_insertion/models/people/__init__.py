from . import (
    clause_insertion_contact,
    clause_insertion_employment,
    clause_insertion_erasure,
    clause_insertion_handover,
    clause_insertion_identity,
    clause_insertion_participant,
    clause_insertion_proof,
    clause_insertion_public,
    clause_insertion_question,
    ir_attachment,
    res_partner,
    clause_insertion_todo,
)
