from odoo.exceptions import UserError
from odoo.tools import float_compare, format_date

from ..base.button import button, same_text
from .penalty_text import PenaltyText


def decision(state):
    """A button that decides: pressed again with the same reason and amount, it does nothing more."""

    def already(penalty, reason=None, amount=None):
        is_same = penalty.state == state and same_text(penalty.reason, reason)
        return is_same and (amount is None or float_compare(amount, penalty.amount_decided, precision_digits=2) == 0)

    return button(already)


def bill_pressed_before(penalties, kind):
    """What shows the bill of that move type that all of them are on; nothing where there is none."""
    move = penalties.move_id
    if len(move) == 1 and all(penalty.move_id.move_type == kind for penalty in penalties):
        return move._get_records_action()


class PenaltyProcedure:
    """The contradictory procedure: whether a penalty may take a step now; the refusal says why not."""

    def __init__(self, penalty):
        self.penalty = penalty
        self.env = penalty.env

    def check_notice(self):
        if self.penalty.state != "draft":
            raise UserError(self.env._("This penalty was already notified."))
        if not (self.penalty.finding or "").strip():
            raise UserError(self.env._("Say what was found: the contractor has to know what it replies to."))
        if self.penalty.currency_id.is_zero(self.penalty.amount):
            raise UserError(self.env._("Nothing is owed under this rule: there is no penalty to notify."))

    def check_reply(self):
        if self.penalty.state != "notified":
            raise UserError(self.env._("No reply is awaited any more on this penalty."))

    def check_decision(self):
        if self.penalty.state not in ("notified", "replied"):
            raise UserError(self.env._("A penalty is decided on once, after it was notified."))
        if not self.penalty.can_decide:
            raise UserError(
                self.env._(
                    "The contractor may reply until %(day)s: the decision comes after its reply, or after that day.",
                    day=format_date(self.env, self.penalty.reply_due),
                )
            )

    def check_reduction(self, amount):
        is_part = amount and amount > 0 and float_compare(amount, self.penalty.amount, precision_digits=2) < 0
        if not is_part:
            raise UserError(self.env._("A reduced penalty is above zero and below the amount notified."))

    def check_cap(self, amount):
        """Another penalty may have been decided since the notice."""
        left = self.penalty.cap - self.penalty._amount_charged()
        if self.penalty.cap and float_compare(amount, left, precision_digits=2) > 0:
            money = PenaltyText(self.penalty).money(max(left, 0))
            raise UserError(self.env._("Only %(left)s is left under the contract's cap: reduce.", left=money))

    def check_cancellation(self):
        if self.penalty.state in ("draft", "cancelled"):
            raise UserError(self.env._("Only a penalty that was notified is cancelled."))
        if self.penalty.move_id:
            raise UserError(self.env._("This penalty is on a bill: take it off there first."))

    def written_reply(self, text):
        return self._required(text, self.env._("Write the reply."))

    def written_reason(self, text):
        return self._required(text, self.env._("Give the reason: the contractor reads it."))

    def _required(self, text, message):
        text = (text or "").strip()
        if not text:
            raise UserError(message)
        return text
