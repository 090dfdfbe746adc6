"""Hours tell when they were declared and recorded, and are hundredths; a line may be reversed in several parts.

Of what there is, the day of validation is that of the record, unless the line was made later: hours taken over have the
validation dates of the past. Hours declared again after a refusal keep the last submission that their declaration
knows; nothing else was kept.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE account_analytic_line AS line
           SET insertion_recorded_on = known.recorded_on,
               insertion_declared_on = CASE
                   WHEN line.insertion_state = 'draft' THEN NULL
                   WHEN line.insertion_reversal_of_id IS NOT NULL OR known.is_taken_over THEN known.recorded_on
                   ELSE COALESCE(
                       LEAST(known.submitted_on, line.insertion_validated_on), known.recorded_on, line.create_date
                   ) END,
               insertion_reversal_rank = CASE WHEN line.insertion_reversal_of_id IS NOT NULL THEN 1 END,
               insertion_reverses_all = line.insertion_reversal_of_id IS NOT NULL
          FROM (
              SELECT hour.id, declaration.is_taken_over, declaration.submitted_on,
                     CASE WHEN hour.insertion_state = 'validated'
                          THEN GREATEST(hour.insertion_validated_on, DATE_TRUNC('second', hour.create_date)) END
                         AS recorded_on
                FROM account_analytic_line AS hour
                JOIN clause_insertion_declaration AS declaration ON declaration.id = hour.insertion_declaration_id
               WHERE hour.insertion_declared_on IS NULL
          ) AS known
         WHERE known.id = line.id
        """
    )
    cr.execute(
        """
        UPDATE account_analytic_line
           SET unit_amount = ROUND(unit_amount::numeric, 2)
         WHERE clause_insertion_id IS NOT NULL AND unit_amount <> ROUND(unit_amount::numeric, 2)::float8
        RETURNING clause_insertion_id, insertion_declaration_id
        """
    )
    clauses, declarations = (set(ids) for ids in zip(*cr.fetchall(), strict=True)) if cr.rowcount else ((), ())
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model, ids in (("clause.insertion", clauses), ("clause.insertion.declaration", declarations)):
        for name in ("hours_declared", "hours_validated", "hours_refused", "hours"):
            if name in env[model]._fields:
                env.add_to_compute(env[model]._fields[name], env[model].browse(ids))
