from odoo import api, fields, models
from odoo.tools import formatLang


class ClauseInsertionSizingMixin(models.AbstractModel):
    """The formula's steps in words and numbers, shown beside the hours."""

    _inherit = "clause.insertion.sizing.mixin"

    sizing_steps = fields.Text("How the hours are computed", compute="_compute_sizing_steps")

    @api.depends("hours_computed", "hours_typed")
    def _compute_sizing_steps(self):
        for clause in self:
            if clause.lever == "training":
                clause.sizing_steps = clause._bracket_in_words()
            else:
                clause.sizing_steps = clause._formula_in_words()

    def _bracket_in_words(self):
        return self.env._(
            "%(amount)s excl. tax, table “%(table)s”: %(hours)s h",
            amount=self._in_money(self.amount_untaxed),
            table=self.scale_id.name or "",
            hours=formatLang(self.env, self.hours_computed, digits=0),
        )

    def _formula_in_words(self):
        sizing = self._sizing()
        if not sizing:
            return self.env._("Check the shares (0 to 100 %) and the hourly cost (above zero).")
        steps = [
            self.env._(
                "%(amount)s excl. tax × %(share)s of labour = %(labour)s of labour",
                amount=self._in_money(sizing.amount),
                share=self._in_percent(sizing.labour_share),
                labour=self._in_money(sizing.amount * sizing.labour_share),
            )
        ]
        if sizing.transferred_share:
            steps.append(
                self.env._(
                    "− %(share)s of staff taken over = %(labour)s",
                    share=self._in_percent(sizing.transferred_share),
                    labour=self._in_money(sizing.labour_amount),
                )
            )
        steps.append(
            self.env._(
                "× %(rate)s of insertion = %(insertion)s",
                rate=self._in_percent(sizing.insertion_rate),
                insertion=self._in_money(sizing.insertion_amount),
            )
        )
        steps.append(
            self.env._(
                "÷ %(cost)s an hour = %(raw)s h, rounded to %(hours)s h",
                cost=self._in_money(sizing.hourly_cost),
                raw=formatLang(self.env, sizing.raw_hours, digits=2),
                hours=formatLang(self.env, sizing.hours, digits=2 if sizing.hours % 1 else 0),
            )
        )
        return "\n".join(steps)

    def _in_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    def _in_percent(self, share):
        percent = share * 100
        return self.env._(
            "%(percent)s %%", percent=formatLang(self.env, percent, digits=0 if percent == round(percent) else 2)
        )
