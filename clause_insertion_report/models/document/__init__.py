from . import clause_insertion_document_mixin, ir_actions_report
