from . import (
    clause_insertion_refusal,
    clause_insertion_withdrawal,
)
