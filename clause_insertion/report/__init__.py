from . import report_certificate, report_penalty, report_training_certificate
