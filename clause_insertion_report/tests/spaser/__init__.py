from . import test_spaser
