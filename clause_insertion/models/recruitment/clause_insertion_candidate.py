from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.base.button import button, same_text
from ...tools.base.days import region_today


class ClauseInsertionCandidate(models.Model):
    """A person proposed for a request: written by the actions of the relay and of the contractor, never directly."""

    _name = "clause.insertion.candidate"
    _description = "Candidate proposed by a relay"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.person.mixin"]
    _order = "id"

    recruitment_id = fields.Many2one(
        "clause.insertion.recruitment", required=True, index=True, ondelete="cascade", copy=False, locked=True
    )
    clause_id = fields.Many2one(related="recruitment_id.clause_id", store=True, index=True)
    company_id = fields.Many2one(related="recruitment_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        related="recruitment_id.partner_id", store=True, index="btree_not_null", string="Contractor"
    )
    facilitator_id = fields.Many2one(related="recruitment_id.facilitator_id", store=True, index="btree_not_null")
    participant_id = fields.Many2one(
        "clause.insertion.participant", required=True, index=True, ondelete="restrict", copy=False, locked=True
    )
    person_name = fields.Char(
        "Person",
        compute="_compute_person_name",
        groups="clause_insertion.group_clause_insertion_facilitator,base.group_portal",
    )
    proposed_on = fields.Date(required=True, readonly=True, default=region_today, copy=False, locked=True)
    state = fields.Selection(
        [("proposed", "Proposed"), ("hired", "Hired"), ("declined", "Declined")],
        required=True,
        readonly=True,
        default="proposed",
        copy=False,
        index=True,
        locked=True,
    )
    reason = fields.Char(readonly=True, copy=False, locked=True, help="Why the contractor or the relay declined.")
    employment_id = fields.Many2one(
        "clause.insertion.employment",
        "Work contract",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        locked=True,
    )

    _once = models.UniqueIndex("(recruitment_id, participant_id)", "This person is already proposed for this request.")

    @api.depends("participant_id.name")
    def _compute_display_name(self):
        for candidate in self:
            candidate.display_name = candidate.participant_id.name

    @api.depends_context("uid")
    @api.depends("participant_id")
    def _compute_person_name(self):
        for candidate in self:
            candidate.person_name = candidate.participant_id.person_name

    def _check_contractor(self):
        self.check_access("read")
        if self.env.user.commercial_partner_id != self.partner_id:
            raise AccessError(self.env._("The contractor accepts or declines the people proposed to it."))
        if self.state != "proposed" or self.recruitment_id.state != "answered":
            raise UserError(self.env._("This person is no longer proposed."))

    @button(lambda candidate, contract: candidate._was_hired(contract))
    def action_hire(self, contract):
        """The contractor hires: the work contract waits for the relay.

        :param contract: values of the work contract: dates, type, execution mode, employer
        """
        self.ensure_one()
        self._check_contractor()
        employment = self.env["clause.insertion.employment"].create(
            {**contract, "participant_id": self.participant_id.id, "clause_ids": self.clause_id.ids}
        )
        # sudo: the contractor was checked above; candidates are closed to direct writing
        self.sudo().write({"state": "hired", "employment_id": employment.id})
        return employment

    @button(lambda candidate, reason: candidate.state == "declined" and same_text(candidate.reason, reason))
    def action_decline(self, reason):
        """The contractor says why; the person is free again."""
        self.ensure_one()
        self._check_contractor()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this person is declined: the relay will read it."))
        self.sudo().write({"state": "declined", "reason": reason.strip()})  # the contractor was checked above

    def _was_hired(self, contract):
        """The work contract that these values made, if they did."""
        hire = self.employment_id
        made = {name: hire._fields[name].convert_to_cache(value, hire) for name, value in contract.items()}
        is_same = all(hire._fields[name].convert_to_cache(hire[name], hire) == value for name, value in made.items())
        return self.state == "hired" and is_same and hire

    def _decline_hire(self, reason):
        """The relay refused the work contract that this candidate was hired with."""
        self.write({"state": "declined", "reason": reason})
