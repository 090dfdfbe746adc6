from . import (
    clause_insertion_clause_report,
    clause_insertion_document_xlsx,
    clause_insertion_essential_contract,
    clause_insertion_follow_up,
    clause_insertion_hours_report,
    clause_insertion_purchase_report,
    clause_insertion_spaser_xlsx,
    purchase_report,
    timesheets_analysis_report,
)
