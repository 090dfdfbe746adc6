from . import (
    clause_insertion,
    clause_insertion_candidate,
    clause_insertion_erasure,
    clause_insertion_employment,
    clause_insertion_evidence,
    clause_insertion_recruitment,
    clause_insertion_todo,
)
