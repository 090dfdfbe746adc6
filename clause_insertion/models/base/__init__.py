from . import (
    clause_insertion_exchange,
    clause_insertion_grouping_mixin,
    clause_insertion_lock_mixin,
    clause_insertion_parameter,
    document_words,
    file_messages,
    res_company,
    res_config_settings,
)
