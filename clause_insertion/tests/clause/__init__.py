from . import (
    test_officer_tour,
    test_sizing,
    test_todo,
)
