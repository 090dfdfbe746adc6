from odoo import api, models
from odoo.exceptions import AccessError


class ClauseInsertionEmployment(models.Model):
    _inherit = "clause.insertion.employment"

    @api.model_create_multi
    def create(self, vals_list):
        employments = super().create(vals_list)
        employments._check_was_proposed()
        return employments

    def _check_was_proposed(self):
        """A contractor hires whom a relay proposed for that clause, or whom it has already hired.

        Whom it brings itself, it names to the relay: ``_hire_own_candidate``, which works under sudo.
        """
        partner = self.env.user.commercial_partner_id
        for contract in self.sudo() if self.env.user.share and not self.env.su else ():
            person = contract.participant_id
            if partner == contract.facilitator_id:
                continue
            proposed = person.candidate_ids.filtered(lambda candidate: candidate.state != "declined")
            is_proposed = contract.clause_ids and contract.clause_ids <= proposed.clause_id
            hires = (person.employment_ids - contract).filtered(lambda hire: hire.state == "confirmed")
            if not is_proposed and partner not in hires.contractor_ids | hires.employer_id:
                raise AccessError(self.env._("The relay has not proposed this person for this clause."))
