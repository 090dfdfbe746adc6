from . import (
    clause_insertion_chatter_mixin,
    clause_insertion_essential_choices_mixin,
    clause_insertion_lock_mixin,
    clause_insertion_notification_mixin,
    clause_insertion_parameter,
    clause_insertion_person_mixin,
    hr_employee,
    ir_actions_report,
    ir_attachment,
    ir_http,
    res_company,
    res_config_settings,
)
