from . import (
    test_portal_recruitment,
    test_recruitment,
    test_recruitment_hire,
    test_recruitment_lock,
    test_recruitment_tour,
)
