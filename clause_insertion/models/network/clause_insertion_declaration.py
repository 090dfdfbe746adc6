from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from ...engine.exact import hundredths
from ...engine.months import last_day, next_month
from ...tools.base.days import region_instant


class ClauseInsertionDeclaration(models.Model):
    """Training attended is proposed on the month's page, where the Region counts it.

    It is typed for the contractor, and no more: the contractor declares it or clears it, the relay validates it
    as it does any other hour, and nothing is written before.
    """

    _inherit = "clause.insertion.declaration"

    def _proposed_hours(self):
        training = {(contract_id, "training"): hours for contract_id, hours in self._training_to_declare().items()}
        return {**super()._proposed_hours(), **training}

    def _training_to_declare(self):
        """``{work contract id: hours of training attended in the month, less those declared already}``.

        sudo: totals of people on the user's own clause, whoever registered them.
        """
        self.ensure_one()
        left = defaultdict(float)
        if not self.company_id.sudo().insertion_training_counts:
            return left
        first, last = self.month, last_day(self.month)
        attended = Domain(
            [
                ("clause_id", "=", self.clause_id.id),
                ("employment_id", "!=", False),
                ("state", "=", "attended"),
                ("training_id.date_start", ">=", region_instant(self, first)),
                ("training_id.date_start", "<", region_instant(self, next_month(first))),
            ]
        )
        declared = Domain(
            [
                ("clause_insertion_id", "=", self.clause_id.id),
                ("insertion_kind", "=", "training"),
                ("insertion_state", "!=", "refused"),
                ("date", ">=", first),
                ("date", "<=", last),
            ]
        )
        for model, domain, hours, sign in (
            ("clause.insertion.training.registration", attended, "hours:sum", 1),
            ("account.analytic.line", declared, "unit_amount:sum", -1),
        ):
            group = "employment_id" if sign > 0 else "insertion_employment_id"
            for employment, total in self.env[model].sudo()._read_group(domain, [group], [hours]):
                left[employment.id] = hundredths(left[employment.id] + sign * total)
        return left
