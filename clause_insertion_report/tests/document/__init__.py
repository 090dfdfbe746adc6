from . import test_document, test_report_rights
