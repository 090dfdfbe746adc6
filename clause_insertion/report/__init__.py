from . import (
    report_certificate,
    report_penalty_decision,
    report_penalty_notice,
    report_personal_data_register,
    report_training_certificate,
)
