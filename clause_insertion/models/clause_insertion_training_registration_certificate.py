from odoo import models


class ClauseInsertionTrainingRegistration(models.Model):
    """Who attended gets a certificate; it bears a name only for those who may read it."""

    _inherit = "clause.insertion.training.registration"

    def _attendee(self):
        """The tutor, or the person by name for its relay or employer, by pseudonym for everybody else."""
        self.ensure_one()
        if self.attendee_name:
            return self.attendee_name
        may_know = self.env.user.has_groups("clause_insertion.group_clause_insertion_facilitator,base.group_portal")
        return (may_know and self.person_name) or self.sudo().participant_id.name

    def action_print_certificate(self):
        return self.env.ref("clause_insertion.clause_insertion_training_certificate_report").report_action(self)

    def _get_report_base_filename(self):
        """A file's name tells nobody's."""
        self.ensure_one()
        return self.env._("Training certificate %(number)s", number=self.id)
