from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from .clause_insertion_recruitments import READERS


class ClauseInsertionPenalty(models.Model):
    """The computation in words, and what speaks for the contractor."""

    _inherit = "clause.insertion.penalty"

    computation = fields.Text(compute="_compute_computation")
    evidence = fields.Text(
        "Not attributable to the contractor",
        compute="_compute_evidence",
        groups=READERS,
        help="Recruitment requests of the clause for which nobody was proposed.",
    )

    @api.depends_context("lang")
    @api.depends("rule_id", "quantity", "unit_amount", "coefficient", "amount_before_limits", "amount", "index_date")
    def _compute_computation(self):
        for record in self:
            record.computation = "\n".join(record._computation_steps()) if record.rule_id else False

    def _computation_steps(self):
        """The product, then each limit that changed it."""
        steps = [
            self.env._(
                "%(factors)s = %(amount)s",
                factors=" × ".join(self._factors()),
                amount=self._in_money(self.amount_before_limits),
            )
        ]
        if self.shape == "index":
            index = dict(self.rule_id._fields["index"]._description_selection(self.env))[self.rule_id.index]
            steps.append(
                self.env._(
                    "%(index)s on %(day)s: %(value)s",
                    index=index,
                    day=format_date(self.env, self.index_date),
                    value=self._in_money(self.unit_amount),
                )
            )
        if self.amount < self.amount_before_limits:
            steps.append(self._limit_in_words())
        return steps

    def _factors(self):
        units = {
            "day": self.env._("working days") if self.rule_id.day_basis == "working" else self.env._("calendar days"),
            "event": "",
        }
        number = formatLang(self.env, self.quantity, digits=2 if self.quantity % 1 else 0)
        factors = [f"{number}\u00a0{units.get(self.shape, self.env._('h'))}".strip()]
        if self.shape == "index":
            factors.append(formatLang(self.env, self.coefficient, digits=2 if self.coefficient % 1 else 0))
        return [*factors, self._in_money(self.unit_amount)]

    def _limit_in_words(self):
        if not self.amount and self.amount_before_limits <= self.floor:
            return self.env._("Not above %(floor)s: nothing is asked for.", floor=self._in_money(self.floor))
        return self.env._(
            "Capped at %(cap)s for the contract: %(amount)s",
            cap=self._in_money(self.cap),
            amount=self._in_money(self.amount),
        )

    def _decision_in_words(self):
        """What was decided, with the computation: the trail behind the number."""
        label = dict(self._fields["state"]._description_selection(self.env))[self.state]
        return self.env._(
            "%(decision)s: %(amount)s (%(computation)s). %(reason)s",
            decision=label,
            amount=self._in_money(self.amount_decided),
            computation=self.computation.replace("\n", "; "),
            reason=self.reason,
        )

    def _letter_name(self, is_decision):
        """Name of the file that is printed."""
        words = self.env._("Penalty decision %(name)s") if is_decision else self.env._("Penalty notice %(name)s")
        return (words % {"name": self.name}).replace("/", "-")

    def _get_report_base_filename(self):
        self.ensure_one()
        return self._letter_name(bool(self.decided_on))

    def _in_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    @api.depends_context("lang")
    @api.depends("clause_id.not_attributable_evidence_ids")
    def _compute_evidence(self):
        """One line per reason: how many requests, and when. Counts and dates, nobody."""
        for record in self:
            facts = record.clause_id.not_attributable_evidence_ids
            lines = [
                self.env._(
                    "%(reason)s: %(count)s (%(days)s)",
                    reason=label,
                    count=len(found),
                    days=", ".join(format_date(self.env, fact.date) for fact in found.sorted("date")),
                )
                for reason, label in facts._fields["reason"]._description_selection(self.env)
                if (found := facts.filtered(lambda fact, reason=reason: fact.reason == reason))
            ]
            record.evidence = "\n".join(lines)
