from odoo import models

ACTIVITY = "clause_insertion.mail_activity_type_declaration"


class ClauseInsertionDeclaration(models.Model):
    """The month goes to the relay and comes back: the other side is told each time."""

    _inherit = "clause.insertion.declaration"

    def action_submit(self):
        result = super().action_submit()
        for declaration in self:
            declaration._ask_relay(
                ACTIVITY, self.env._("The hours of %(month)s wait for your answer.", month=declaration.month_name)
            )
        return result

    def action_validate(self):
        result = super().action_validate()
        self._answer_contractor()
        return result

    def action_refuse(self, reason=None):
        result = super().action_refuse(reason)
        if reason:
            self._answer_contractor()
        return result

    def _answer_contractor(self):
        """What the relay decided; its reasons are read on the page, not in an e-mail."""
        self._relay_has_answered(ACTIVITY)
        for declaration in self:
            words = (
                self.env._("The hours of %(month)s are validated.", month=declaration.month_name)
                if declaration.state == "validated"
                else self.env._(
                    "Hours of %(month)s are refused: correct them on the page.", month=declaration.month_name
                )
            )
            declaration._tell_contractor(declaration.partner_id, words)
