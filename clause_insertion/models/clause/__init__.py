from . import (
    clause_insertion,
    clause_insertion_ccag,
    clause_insertion_clause_text,
    clause_insertion_scale,
    clause_insertion_scale_line,
    clause_insertion_todo,
    clause_insertion_trade,
)
