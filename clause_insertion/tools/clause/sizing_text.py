from odoo.tools import formatLang


class SizingText:
    """How the hours of a clause are computed, step by step: shown beside them while they are sized."""

    def __init__(self, clause):
        self.clause = clause
        self.env = clause.env

    def __str__(self):
        if self.clause.lever == "training":
            return self._bracket()
        sizing = self.clause._sizing()
        if not sizing:
            return self.env._("Check the shares (0 to 100 %) and the hourly cost (above zero).")
        return "\n".join(self._formula(sizing))

    def _bracket(self):
        return self.env._(
            "%(amount)s excl. tax, table “%(table)s”: %(hours)s h",
            amount=self._money(self.clause.amount_untaxed),
            table=self.clause.scale_id.name or "",
            hours=formatLang(self.env, self.clause.hours_computed, digits=0),
        )

    def _formula(self, sizing):
        yield self.env._(
            "%(amount)s excl. tax × %(share)s of labour = %(labour)s of labour",
            amount=self._money(sizing.amount),
            share=self._percent(sizing.labour_share),
            labour=self._money(sizing.amount * sizing.labour_share),
        )
        if sizing.transferred_share:
            yield self.env._(
                "− %(share)s of staff taken over = %(labour)s",
                share=self._percent(sizing.transferred_share),
                labour=self._money(sizing.labour_amount),
            )
        yield self.env._(
            "× %(rate)s of insertion = %(insertion)s",
            rate=self._percent(sizing.insertion_rate),
            insertion=self._money(sizing.insertion_amount),
        )
        yield self.env._(
            "÷ %(cost)s an hour = %(raw)s h, rounded to %(hours)s h",
            cost=self._money(sizing.hourly_cost),
            raw=formatLang(self.env, sizing.raw_hours, digits=2),
            hours=formatLang(self.env, sizing.hours, digits=2 if sizing.hours % 1 else 0),
        )

    def _money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.clause.currency_id)

    def _percent(self, share):
        percent = share * 100
        return self.env._(
            "%(percent)s %%", percent=formatLang(self.env, percent, digits=0 if percent == round(percent) else 2)
        )
