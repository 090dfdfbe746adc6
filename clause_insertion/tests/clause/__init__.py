from . import (
    test_clause_locks,
    test_next_step,
    test_officer_tour,
    test_sizing,
    test_todo,
)
