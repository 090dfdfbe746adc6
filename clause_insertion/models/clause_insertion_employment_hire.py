from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine.months import last_day


class ClauseInsertionEmployment(models.Model):
    """A hire between contractor and relay: recorded, confirmed or refused, ended."""

    _inherit = "clause.insertion.employment"

    state = fields.Selection(selection_add=[("refused", "Refused by the relay")], ondelete={"refused": "set default"})
    active = fields.Boolean(default=True, help="A refused hire is archived: nothing counts it.")
    candidate_ids = fields.One2many("clause.insertion.candidate", "employment_id", export_string_translation=False)
    refusal = fields.Char("Reason of the refusal", readonly=True, copy=False, tracking=True)
    end_reason = fields.Selection(
        [
            ("term", "End of the contract's term"),
            ("trial", "End of the trial period"),
            ("resignation", "Resignation"),
            ("dismissal", "Dismissal"),
            ("agreement", "Common agreement"),
            ("job", "Another job or training"),
            ("other", "Other"),
        ],
        "Reason of leaving",
        copy=False,
        tracking=True,
    )
    is_employer = fields.Boolean(compute="_compute_is_employer", export_string_translation=False)
    can_confirm = fields.Boolean(compute="_compute_is_employer", export_string_translation=False)
    access_url = fields.Char(compute="_compute_access_url", export_string_translation=False)

    _refused_is_archived = models.Constraint(
        "CHECK (state != 'refused' OR active IS NOT TRUE)", "A refused hire stays archived: record a new one."
    )

    @api.depends_context("uid")
    @api.depends("employer_id", "contractor_ids", "facilitator_id", "state")
    def _compute_is_employer(self):
        partner = self.env.user.commercial_partner_id
        for employment in self:
            # sudo: a contractor does not read the other partners of its own contract
            contract = employment.sudo()
            employment.is_employer = partner in contract.contractor_ids | contract.employer_id.commercial_partner_id
            employment.can_confirm = contract.state == "draft" and partner == contract.facilitator_id

    def _compute_access_url(self):
        for employment in self:
            employment.access_url = f"/my/insertion-hires/{employment.id}"

    @api.model
    def _waiting(self):
        return [("state", "=", "draft"), ("facilitator_id", "=", self.env.user.commercial_partner_id.id)]

    @api.model
    def _to_confirm(self):
        """Hires that wait for the user's relay."""
        return self.search(self._waiting(), order="date_start, id")

    @api.model
    def _count_to_confirm(self):
        return self.search_count(self._waiting())

    @api.model
    def _hire_own_candidate(self, clause, person, contract):
        """The contractor found somebody: the name goes to the relay, and the contract waits for it.

        :param person: name, date of birth and contact; from then on only the relay reads them
        :param contract: dates, type, execution mode and employer of the work contract
        """
        clause.check_access("read")
        if clause.partner_id != self.env.user.commercial_partner_id or clause.state != "running":
            raise AccessError(self.env._("The contractor of a running clause records its hires."))
        if not clause.facilitator_id:
            raise UserError(
                self.env._("No relay follows this clause yet: nobody can check eligibility. Ask the Region.")
            )
        # sudo: a contractor has no right to create people. It only adds one, at the relay of its own clause, with
        # nothing but what it typed, and gets back the work contract: never the identity.
        identity = self.env["clause.insertion.identity"].sudo()
        identity = identity.create(
            {**person, "facilitator_id": clause.facilitator_id.id, "company_id": clause.company_id.id}
        )
        return self.create({**contract, "participant_id": identity.participant_id.id, "clause_ids": clause.ids})

    def action_confirm(self):
        """Eligibility comes first: a proof was seen, and the period covers the first day of work."""
        self.check_access("write")
        for employment in self.filtered(lambda employment: employment.state == "draft"):
            person = employment.sudo().participant_id  # a pseudonym and two facts; writing was checked above
            if not person.is_proven:
                raise UserError(
                    self.env._(
                        "%(person)s: record first the proof of eligibility that you have seen.", person=person.name
                    )
                )
            if person.eligibility_end and person.eligibility_end < employment.date_start:
                raise UserError(
                    self.env._("%(person)s is no longer eligible when the work contract starts.", person=person.name)
                )
        return super().action_confirm()

    def action_refuse(self, reason):
        """The relay does not find the person eligible, or the contract suitable."""
        self.check_access("write")
        if not all(employment.can_confirm for employment in self):
            raise UserError(self.env._("The relay refuses a work contract that waits for it."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this hire is refused: the contractor will read it."))
        employments = self.sudo()  # the relay was checked above; `state` is closed to direct writing
        employments.write({"state": "refused", "active": False, "refusal": reason.strip()})
        employments.candidate_ids._decline_hire(reason.strip())

    def action_end(self, date_end, end_reason=False):
        """The employer says when the contract ends, or ended; only the relay puts an end off."""
        self.ensure_one()
        self.check_access("read")
        if not (self.is_employer or self.has_access("write")):
            raise AccessError(self.env._("The employer ends a work contract."))
        if self.state == "refused":
            raise UserError(self.env._("This hire was refused by the relay."))
        day = fields.Date.to_date(date_end)
        if self.date_end and day > self.date_end and not self.has_access("write"):
            raise UserError(self.env._("This contract already ends before: the relay records an extension."))
        self._check_end(day)
        self.sudo().write({"date_end": day, "end_reason": end_reason})  # the employer was checked above

    def _check_end(self, day):
        if day < self.date_start:
            raise UserError(self.env._("A work contract cannot end before it starts."))
        # sudo: whether validated hours come after, nothing more. A month's hours stand on its last day.
        later = [
            ("insertion_employment_id", "=", self.id),
            ("insertion_state", "=", "validated"),
            ("date", ">", last_day(day)),
        ]
        if self.env["account.analytic.line"].sudo().search_count(later, limit=1):
            raise UserError(self.env._("Hours were validated after that month: the contract did not end then."))
