# Copyright 2026 clause_insertion contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Social insertion clauses: figures",
    "summary": "Analyses of insertion hours and clauses, and the yearly statement on screen and as a spreadsheet",
    "version": "19.0.1.0.0",
    "author": "clause_insertion contributors",
    "website": "https://github.com/clause-insertion/clause_insertion",
    "license": "AGPL-3",
    "category": "Supply Chain/Purchase",
    "depends": ["clause_insertion", "report_xlsx"],
    "external_dependencies": {"python": ["python-dateutil", "xlsxwriter", "openpyxl"]},
    "data": [
        "security/ir.model.access.csv",
        "security/clause_insertion_report_rules.xml",
        "report/clause_insertion_hours_report_views.xml",
        "report/clause_insertion_clause_report_views.xml",
        "report/clause_insertion_purchase_report_views.xml",
        "report/purchase_report_views.xml",
        "report/timesheets_analysis_report_views.xml",
        "data/ir_filters_data.xml",
        "report/clause_insertion_statement_reports.xml",
        "report/clause_insertion_statement_templates.xml",
        "report/clause_insertion_tender_reports.xml",
        "views/clause_insertion_views.xml",
        "wizard/clause_insertion_statement_views.xml",
        "views/clause_insertion_report_menus.xml",
    ],
}
