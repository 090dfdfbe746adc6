from . import (
    test_next_step,
    test_officer_tour,
    test_sizing,
    test_todo,
)
