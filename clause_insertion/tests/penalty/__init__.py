from . import (
    test_penalty,
    test_penalty_bill,
    test_portal_penalty,
)
