from . import (
    account_analytic_line,
    clause_insertion,
    clause_insertion_declaration,
    ir_attachment,
)
