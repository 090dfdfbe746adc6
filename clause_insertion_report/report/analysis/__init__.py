from . import (
    clause_insertion_clause_report,
    clause_insertion_hours_report,
    clause_insertion_purchase_report,
    purchase_report,
    timesheets_analysis_report,
)
