from . import (
    account_analytic_line,
    clause_insertion,
    clause_insertion_declaration,
    clause_insertion_participant,
    ir_attachment,
)
