from odoo.tools import format_date, formatLang


class PenaltyText:
    """What is written of a penalty, in the language and with the rights of its environment.

    The form, the portal, both letters, the trail in the chatter and the bill say the same.
    """

    def __init__(self, penalty):
        self.penalty = penalty
        self.env = penalty.env

    @classmethod
    def for_contractor(cls, penalty):
        """The same in the language of the contractor."""
        return cls(penalty.with_context(lang=penalty.partner_id.lang or penalty.env.lang))

    def money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.penalty.currency_id)

    def notice(self):
        """What tells the contractor that a penalty may be applied."""
        contract, due = self.penalty.contract_name, self.penalty.reply_due
        if not due:
            return self.env._("A penalty may be applied on %(contract)s. Please read the notice.", contract=contract)
        return self.env._(
            "A penalty may be applied on %(contract)s. Please read the notice and reply by %(day)s.",
            contract=contract,
            day=format_date(self.env, due),
        )

    def computation(self):
        """A line for the product, then one for each limit that changed it."""
        penalty = self.penalty
        steps = [
            self.env._(
                "%(factors)s = %(amount)s",
                factors=" × ".join(self._factors()),
                amount=self.money(penalty.amount_before_limits),
            )
        ]
        if penalty.shape == "index":
            steps.append(
                self.env._(
                    "%(index)s on %(day)s: %(value)s",
                    index=self._label(penalty.rule_id, "index"),
                    day=format_date(self.env, penalty.index_date),
                    value=self.money(penalty.unit_amount),
                )
            )
        if penalty.amount < penalty.amount_before_limits:
            steps.append(self._limit())
        return "\n".join(steps)

    def _factors(self):
        penalty = self.penalty
        factors = [f"{self._number(penalty.quantity)}\u00a0{self._unit()}".strip()]
        if penalty.shape == "index":
            factors.append(self._number(penalty.coefficient))
        return [*factors, self.money(penalty.unit_amount)]

    def _unit(self):
        if self.penalty.shape == "event":
            return ""
        if self.penalty.shape != "day":
            return self.env._("h")
        working = self.penalty.rule_id.day_basis == "working"
        return self.env._("working days") if working else self.env._("calendar days")

    def _number(self, value):
        return formatLang(self.env, value, digits=2 if value % 1 else 0)

    def _limit(self):
        penalty = self.penalty
        if not penalty.amount and penalty.amount_before_limits <= penalty.floor:
            return self.env._("Not above %(floor)s: nothing is asked for.", floor=self.money(penalty.floor))
        return self.env._(
            "Capped at %(cap)s for the contract: %(amount)s",
            cap=self.money(penalty.cap),
            amount=self.money(penalty.amount),
        )

    def decision(self):
        """What was decided, with the computation: the trail behind the number."""
        return self.env._(
            "%(decision)s: %(amount)s (%(computation)s). %(reason)s",
            decision=self._label(self.penalty, "state"),
            amount=self.money(self.penalty.amount_decided),
            computation=self.computation().replace("\n", "; "),
            reason=self.penalty.reason,
        )

    def decided(self):
        """What tells the contractor that there is a decision."""
        return self.env._("A decision was taken: it can be read on the page.")

    def owed(self):
        """How what is owed was computed, on one line of a bill."""
        steps = self.computation().split("\n")
        if self.penalty.state == "reduced":
            steps.append(self.env._("reduced to %(amount)s", amount=self.money(self.penalty.amount_decided)))
        return "; ".join(steps)

    def _label(self, record, name):
        return dict(record._fields[name]._description_selection(self.env))[record[name]]
