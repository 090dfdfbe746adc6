from . import (
    test_follow_up,
    test_main_line,
    test_tender,
)
