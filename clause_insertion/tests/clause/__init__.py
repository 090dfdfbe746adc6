from . import (
    test_clause_locks,
    test_officer_tour,
    test_sizing,
    test_todo,
)
