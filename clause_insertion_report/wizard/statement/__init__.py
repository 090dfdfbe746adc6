from . import (
    clause_insertion_difference,
    clause_insertion_publication_withdrawal,
    clause_insertion_statement,
)
