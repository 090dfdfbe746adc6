from functools import cache

from odoo import fields
from odoo.tools import clean_context

from ...models.hours.clause_insertion_declaration import OPEN_STATES
from ..base.days import region_instant, region_today
from .import_staging import ImportStaging

BATCH = 1000
MIDDAY = 12  # the hour of a day that is told without one
QUIET = {
    # Nobody follows, nor is told of, each of thousands of declarations.
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


class ImportWriter:
    """Writes the staged rows of an import through the ORM, a batch at a time, in the transaction of the caller."""

    def __init__(self, record):
        # As superuser: the check has set each row against the user's own rights; declarations that are already
        # validated, and their lines, are closed to direct writing. So nothing comes from the defaults of the user's
        # context, which nobody would refuse any more.
        self.env = record.env(su=True, context={**clean_context(record.env.context), **QUIET})
        self.record = record.with_env(self.env)
        self.is_taken_over = record.kind == "taken_over"

    def write_hours(self, tick=lambda done: None):
        """Write every staged row; ``tick`` hears of the progress, and interrupts by raising."""
        line_count, made, last = 0, 0, {}
        for rows in ImportStaging(self.env).batches(BATCH):
            declarations, new = self._declarations(rows, last)
            self._create_lines(rows, declarations)
            line_count, made = line_count + len(rows), made + new
            key = self._key(rows[-1])
            last = {key: declarations[key]}
            self.env.flush_all()
            self.env.invalidate_all()
            tick(line_count)
        self.record.write(
            {
                "state": "done",
                "imported_on": fields.Datetime.now(),
                "line_count": line_count,
                "declaration_count": made,
            }
        )

    def _key(self, row):
        return row["clause"], row["month"]

    def _declarations(self, rows, last):
        """Declaration id by clause and month, and how many were made. ``last`` is that of the batch before."""
        by_key = {self._key(row): row for row in rows}
        known = dict(last)
        if not self.is_taken_over:
            known |= self._open_declarations(by_key)
        new = [key for key in by_key if key not in known]
        clauses = self.env["clause.insertion"].browse({clause for clause, _month in new}).grouped("id")
        made = self.env["clause.insertion.declaration"].create(
            [self._declaration_values(by_key[key], clauses[key[0]]) for key in new]
        )
        return known | dict(zip(new, made.ids, strict=True)), len(new)

    def _open_declarations(self, keys):
        declarations = self.env["clause.insertion.declaration"].search_fetch(
            [
                ("clause_id", "in", list({clause for clause, _month in keys})),
                ("month", "in", list({month for _clause, month in keys})),
                ("state", "in", OPEN_STATES),
            ],
            ["clause_id", "month"],
        )
        return {(declaration.clause_id.id, declaration.month): declaration.id for declaration in declarations}

    def _declaration_values(self, row, clause):
        """What its clause and its hours will give the declaration is told at once: nothing is written twice."""
        values = {
            "clause_id": clause.id,
            "month": row["month"],
            "company_id": clause.company_id.id,
            "partner_id": clause.partner_id.id,
            "facilitator_id": clause.facilitator_id.id,
            "state": "draft",
            "state_since": region_today(self.record),
            "hours": row["month_hours"],
        }
        if self.is_taken_over:
            values |= {
                "state": "validated",
                "hours_validated": row["month_hours"],
                "validated_on": region_instant(clause, row["month_validated_on"], MIDDAY),
                "validated_by": self.env.user.id,
                "is_taken_over": True,
            }
        return values

    def _create_lines(self, rows, declarations):
        midday = cache(lambda day: region_instant(self.record, day, MIDDAY))
        self.env["account.analytic.line"].create(
            [
                {
                    "insertion_declaration_id": declarations[self._key(row)],
                    "insertion_participant_id": row["person"],
                    "insertion_employment_id": row["employment"],
                    "date": row["day"],
                    "insertion_is_monthly": row["is_monthly"],
                    "insertion_kind": row["kind"],
                    "unit_amount": row["hours"],
                    "insertion_state": "validated" if self.is_taken_over else "draft",
                    "insertion_validated_on": midday(row["validated_on"]) if self.is_taken_over else False,
                    "insertion_import_id": self.record.id,
                }
                for row in rows
            ]
        )
