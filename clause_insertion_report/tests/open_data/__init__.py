from . import (
    test_open_data,
    test_open_data_contracts,
    test_open_data_download,
    test_open_data_published,
    test_open_data_rules,
)
