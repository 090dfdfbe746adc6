from . import (
    test_follow_up,
    test_tender,
)
