from . import (
    clause_insertion_grouping_mixin,
    clause_insertion_lock_mixin,
    clause_insertion_notification_mixin,
    clause_insertion_parameter,
    file_messages,
    documents,
    placeholders,
    res_company,
    res_config_settings,
)
