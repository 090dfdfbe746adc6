from . import (
    account_move,
    account_move_line,
    clause_insertion,
    clause_insertion_penalty,
    clause_insertion_penalty_rule,
    clause_insertion_todo,
)
