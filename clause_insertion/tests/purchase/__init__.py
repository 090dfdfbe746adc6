from . import (
    test_obligation,
    test_purchase_life,
    test_tour,
)
