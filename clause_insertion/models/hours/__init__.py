from . import (
    account_analytic_line,
    clause_insertion,
    clause_insertion_act,
    clause_insertion_certificate,
    clause_insertion_declaration,
    clause_insertion_erasure,
    clause_insertion_participant,
    clause_insertion_parameter,
    clause_insertion_todo,
    ir_attachment,
    project_task,
    res_company,
)
