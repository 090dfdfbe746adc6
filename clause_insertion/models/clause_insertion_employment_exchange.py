from odoo import api, models

ACTIVITY = "clause_insertion.mail_activity_type_employment"


class ClauseInsertionEmployment(models.Model):
    """The contractor hires, the relay confirms or refuses: the other side is told each time."""

    _inherit = "clause.insertion.employment"

    @api.model_create_multi
    def create(self, vals_list):
        employments = super().create(vals_list)
        waiting = employments.filtered(lambda employment: employment.sudo().state == "draft")
        waiting._ask_relay(ACTIVITY, self.env._("A hire waits for you to check the person's eligibility."))
        return employments

    def action_confirm(self):
        waiting = self.filtered(lambda employment: employment.state == "draft")
        result = super().action_confirm()
        waiting._answer_contractor(self.env._("The relay has confirmed the hire: its hours can be declared."))
        return result

    def action_refuse(self, reason):
        result = super().action_refuse(reason)
        self._answer_contractor(self.env._("The relay has refused the hire: the reason is on the page."))
        return result

    def _answer_contractor(self, words):
        self._relay_has_answered(ACTIVITY)
        for employment in self.sudo():  # a contractor is told of its own contract
            employment._tell_contractor(employment.contractor_ids, words)
