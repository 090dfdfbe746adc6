from . import (
    test_penalty_amount,
    test_penalty_bill,
    test_penalty_lock,
    test_penalty_procedure,
    test_penalty_rule,
    test_portal_penalty,
)
