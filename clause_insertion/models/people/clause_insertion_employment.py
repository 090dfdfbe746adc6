from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...engine.months import first_day, last_day
from ...tools.base.button import button, same_text

ACTIVITY = "clause_insertion.mail_activity_type_employment"
VALIDATED = ("insertion_state", "=", "validated")


class ClauseInsertionEmployment(models.Model):
    """A person's work contract with an employer, for one or several clauses."""

    _name = "clause.insertion.employment"
    _description = "Work contract under insertion clauses"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.person.mixin", "clause.insertion.notification.mixin"]
    _order = "date_start desc, id desc"

    participant_id = fields.Many2one(
        "clause.insertion.participant",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        locked="_keeps_its_person",
    )
    person_name = fields.Char(
        "Person",
        compute="_compute_person_name",
        groups="clause_insertion.group_clause_insertion_facilitator,base.group_portal",
    )
    company_id = fields.Many2one(related="participant_id.company_id", store=True, index=True)
    facilitator_id = fields.Many2one(related="participant_id.facilitator_id", store=True, index=True)
    employer_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        compute="_compute_employer_id",
        store=True,
        readonly=False,
        precompute=True,
        locked="_is_settled",
        help="The contractor itself, or a temporary-work, GEIQ or inclusion partner.",
    )
    clause_ids = fields.Many2many(
        "clause.insertion",
        "clause_insertion_employment_rel",
        "employment_id",
        "clause_id",
        string="Clauses",
        locked="_is_anothers",
        help="Several clauses may share one hire: each hour then names its own clause.",
    )
    contractor_ids = fields.Many2many(
        "res.partner",
        "clause_insertion_employment_contractor_rel",
        compute="_compute_contractor_ids",
        store=True,
        export_string_translation=False,
    )
    execution_mode = fields.Selection(
        [
            ("direct", "Hired by the contractor"),
            ("provision", "Made available by a third party"),
            ("subcontract", "Subcontracted or co-contracted"),
        ],
        required=True,
        default="direct",
        locked="_is_settled",
    )
    contract_type = fields.Selection(
        [
            ("PERMANENT", "Permanent (CDI)"),
            ("PERMANENT_I", "Permanent, inclusion (CDI inclusion)"),
            ("FIXED_TERM", "Fixed term (CDD)"),
            ("FIXED_TERM_USAGE", "Customary fixed term (CDD d'usage)"),
            ("FIXED_TERM_I", "Fixed term, insertion (CDDI)"),
            ("FIXED_TERM_TREMPLIN", "Springboard fixed term (CDD Tremplin)"),
            ("APPRENTICESHIP", "Apprenticeship"),
            ("PROFESSIONAL_TRAINING", "Professional training contract"),
            ("TEMPORARY", "Temporary work"),
            ("BUSINESS_CREATION", "Business creation"),
            ("OTHER", "Other"),
        ],
        required=True,
        default="FIXED_TERM",
    )
    date_start = fields.Date("Start", required=True, tracking=True, locked="_is_settled")
    date_end = fields.Date(
        "End", tracking=True, index="btree_not_null", help="Last day, included; empty for a permanent contract."
    )
    state = fields.Selection(
        [("draft", "To check by the relay"), ("confirmed", "Confirmed"), ("refused", "Refused by the relay")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
        locked=True,
    )
    active = fields.Boolean(
        default=True, copy=False, locked=True, help="A refused hire is archived: nothing counts it."
    )
    candidate_ids = fields.One2many("clause.insertion.candidate", "employment_id", export_string_translation=False)
    refusal = fields.Char("Reason of the refusal", readonly=True, copy=False, tracking=True, locked=True)
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

    _dates_order = models.Constraint("CHECK (date_end >= date_start)", "A work contract cannot end before it starts.")
    _refused_is_archived = models.Constraint(
        "CHECK (state != 'refused' OR active IS NOT TRUE)", "A refused hire stays archived: record a new one."
    )

    @api.depends("participant_id.name", "employer_id.name", "date_start")
    def _compute_display_name(self):
        for employment in self:
            employment.display_name = f"{employment.participant_id.name} – {employment.employer_id.name or ''}"

    @api.depends_context("uid")
    @api.depends("participant_id")
    def _compute_person_name(self):
        for employment in self:
            employment.person_name = employment.participant_id.person_name

    @api.depends("clause_ids.partner_id", "execution_mode")
    def _compute_employer_id(self):
        for employment in self:
            if employment.execution_mode == "direct" and not employment.employer_id:
                employment.employer_id = employment.clause_ids.partner_id[:1]
            else:
                employment.employer_id = employment.employer_id

    @api.depends("clause_ids.partner_id")
    def _compute_contractor_ids(self):
        for employment in self:
            employment.contractor_ids = employment.clause_ids.partner_id

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

    # -- guards ------------------------------------------------------------------------------------

    def _with_open_files(self):
        """The contracts whose attachments the user may reach: those of its own people."""
        relay = self.env.user.commercial_partner_id
        return self.filtered(lambda contract: contract.facilitator_id == relay)

    @api.model_create_multi
    def create(self, vals_list):
        employments = super().create(vals_list)
        if self.env.user._is_internal():
            # sudo: entered by the relay, which has seen the proof; states are closed otherwise
            employments.sudo().filtered(lambda employment: self.env.su or employment._is_proven()).state = "confirmed"
        waiting = employments.filtered(lambda employment: employment.sudo().state == "draft")
        waiting._notify_relay(ACTIVITY, self.env._("A hire waits for you to check the person's eligibility."))
        return employments

    def write(self, vals):
        result = super().write(vals)
        if {"participant_id", "date_start"} & vals.keys() and not self.env.su:
            self.filtered(lambda contract: contract.state == "confirmed")._check_eligible()
        return result

    def _may_name(self, name, hidden):
        """Inclusion employers and agencies are public. sudo: only to ask whether they are."""
        if name != "employer_id":
            return super()._may_name(name, hidden)
        return hidden.sudo().filtered("insertion_siae_kind").with_env(self.env)

    def _hours(self, *more):
        """Domain of the hours declared under these contracts."""
        return Domain("insertion_employment_id", "in", self.ids) & Domain(list(more))

    def _has_validated_hours(self):
        """A lock: what hours were validated for no longer changes. sudo: whether there are any, nothing more."""
        lines = self.env["account.analytic.line"].sudo()
        return bool(lines.search_count(self._hours(VALIDATED), limit=1))

    def _is_followed(self):
        """Whether the user works for the relay of all these people. sudo: that alone is told."""
        partner = self.env.user.commercial_partner_id
        return all(contract.facilitator_id == partner for contract in self.sudo())

    def _keeps_its_person(self):
        """A lock: the contractor asks the relay to correct the person."""
        return (self.env.user.share and not self._is_followed()) or self._is_settled()

    def _is_anothers(self):
        """A lock: once confirmed, a contract is its relay's to correct.

        Whoever chose another employer or person of a confirmed contract would hand a name to that employer.
        """
        return any(contract.state == "confirmed" for contract in self.sudo()) and not self._is_followed()

    def _is_settled(self):
        return self._is_anothers() or self._has_validated_hours()

    def _lock_message(self, names):
        if {"state", "active", "refusal"} & set(names):
            return self.env._("A work contract is confirmed with its button.")
        return self._settled_message() if self._has_validated_hours() else super()._lock_message(names)

    def _settled_message(self):
        return self.env._(
            "Hours were validated under this work contract: its person, employer, execution mode, start, "
            "and the clauses of these hours stay as they are."
        )

    @api.constrains("employer_id", "execution_mode", "clause_ids")
    def _check_employer(self):
        for employment in self.filtered("clause_ids"):
            contractors = employment.clause_ids.partner_id
            is_contractor = employment.employer_id.commercial_partner_id in contractors
            if employment.execution_mode == "direct" and not is_contractor:
                raise ValidationError(self.env._("With a direct hire, the employer is the contractor of the clause."))

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        if any(contract.date_end and contract.date_end < contract.date_start for contract in self):
            raise ValidationError(self.env._("A work contract cannot end before it starts."))

    @api.constrains("clause_ids", "date_end")
    def _check_validated_hours(self):
        """A clause may join a contract under way; that of validated hours stays, and the contract lasts for them."""
        for contract, clauses, last in self.env["account.analytic.line"]._read_group(
            self._hours(VALIDATED), ["insertion_employment_id"], ["clause_insertion_id:recordset", "date:max"]
        ):
            if clauses - contract.clause_ids:
                raise ValidationError(self._settled_message())
            if contract.date_end and last > last_day(contract.date_end):  # a month's hours stand on its last day
                raise ValidationError(
                    self.env._("Hours were validated after that month: the contract did not end then.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_hours(self):
        if self.env["account.analytic.line"].sudo().search_count(self._hours(), limit=1):
            raise UserError(self.env._("A work contract under which hours were declared cannot be deleted."))

    # -- a person who is anonymised ------------------------------------------------------------------

    def _lasts_on(self, day):
        return self.state != "refused" and not (self.date_end and self.date_end < day)

    def _reason_to_keep(self):
        """``(first day on which this contract is no longer in the way, or None; the reason in words)``."""
        employer = self.employer_id.name
        if not self.date_end:
            return None, self.env._("Employed by %(employer)s, without an end.", employer=employer)
        day = format_date(self.env, self.date_end)
        until = self.env._("Employed by %(employer)s until %(date)s.", employer=employer, date=day)
        return self.date_end + timedelta(days=1), until

    def _forget_days_and_texts(self):
        """Whole months stay of the days, nothing of what was written; who was employed, and how, stays a figure."""
        for contract in self:
            contract.write(
                {
                    "date_start": first_day(contract.date_start),
                    "date_end": contract.date_end and last_day(contract.date_end),
                    "refusal": False,
                    "end_reason": False,
                }
            )

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
        values = {**contract, "participant_id": identity.participant_id.id, "clause_ids": clause.ids}
        return self.sudo().create(values).sudo(False)

    @button(lambda employment: employment.state == "confirmed")
    def action_confirm(self):
        """Eligibility comes first: a proof was seen, and the period covers the first day of work."""
        self.check_access("write")
        waiting = self.filtered(lambda employment: employment.state == "draft")
        waiting._check_eligible()
        if any(employment.is_employer for employment in self):
            raise UserError(self.env._("The relay confirms a work contract, not the employer."))
        self.sudo().state = "confirmed"  # access was checked above; `state` is closed to direct writing
        waiting._answer_contractor(self.env._("The relay has confirmed the hire: its hours can be declared."))

    def _is_proven(self):
        """Whether the relay can confirm at once what it records: a proof was seen, and it is not the employer."""
        person = self.participant_id
        lasts = not person.eligibility_end or person.eligibility_end >= self.date_start
        return person.is_proven and lasts and self.facilitator_id != self.employer_id.commercial_partner_id

    def _check_eligible(self):
        for employment in self:
            person = employment.sudo().participant_id  # a pseudonym and two facts, whose contract the user may write
            if not person.is_proven:
                raise UserError(
                    self.env._("%s: record first the proof of eligibility that you have seen.", person.name)
                )
            if person.eligibility_end and person.eligibility_end < employment.date_start:
                raise UserError(
                    self.env._("%(person)s is no longer eligible when the work contract starts.", person=person.name)
                )

    @button(lambda employment, reason: employment.state == "refused" and same_text(employment.refusal, reason))
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
        self._answer_contractor(self.env._("The relay has refused the hire: the reason is on the page."))

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
        self.sudo().write({"date_end": day, "end_reason": end_reason})  # the employer was checked above

    def _answer_contractor(self, body):
        self._close_relay_activity(ACTIVITY)
        for employment in self.sudo():  # a contractor is told of its own contract
            employment._notify_contractor(employment.contractor_ids, body)
