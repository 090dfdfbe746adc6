from . import (
    clause_insertion_difference,
    clause_insertion_open_data,
    clause_insertion_spaser,
    clause_insertion_statement,
)
