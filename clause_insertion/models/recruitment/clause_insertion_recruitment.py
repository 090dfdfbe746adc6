from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ...engine.reminders import answer_due
from ...tools.base.button import button
from ...tools.base.days import region_today

OPEN_STATES = ("asked", "answered", "unanswered")
ACTIVITY = "clause_insertion.mail_activity_type_recruitment"


class ClauseInsertionRecruitment(models.Model):
    """The contractor asks the relay of its clause for candidates."""

    _name = "clause.insertion.recruitment"
    _description = "Recruitment request"
    _inherit = ["clause.insertion.lock.mixin", "portal.mixin", "clause.insertion.notification.mixin"]
    _order = "id desc"
    _overdue_batch = 100

    name = fields.Char("Reference", required=True, readonly=True, copy=False, default="/", locked="_is_created")
    clause_id = fields.Many2one(
        "clause.insertion", required=True, index=True, ondelete="restrict", locked="_is_created"
    )
    company_id = fields.Many2one(related="clause_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        related="clause_id.partner_id", store=True, index="btree_not_null", string="Contractor"
    )
    facilitator_id = fields.Many2one(related="clause_id.facilitator_id", store=True, index="btree_not_null")
    job_title = fields.Char("Job", required=True, locked="_keeps_what_was_asked")
    quantity = fields.Integer("Number of people", required=True, default=1, locked="_keeps_what_was_asked")
    date_start = fields.Date("Start", required=True, locked="_keeps_what_was_asked", help="First day of work wished.")
    place = fields.Char("Place of work", locked="_keeps_what_was_asked")
    skills = fields.Text("Skills expected", locked="_keeps_what_was_asked")
    driving_licence = fields.Boolean("Driving licence needed", locked="_keeps_what_was_asked")
    description = fields.Text(locked="_keeps_what_was_asked")
    asked_on = fields.Date("Asked on", required=True, readonly=True, copy=False, default=region_today, locked=True)
    date_due = fields.Date("Answer due on", compute="_compute_date_due", store=True, help="Last day, included.")
    date_answered = fields.Date("Answered on", readonly=True, copy=False, locked=True)
    state = fields.Selection(
        [
            ("asked", "To answer"),
            ("answered", "Candidates proposed"),
            ("unanswered", "Nobody proposed"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="asked",
        copy=False,
        index=True,
        tracking=True,
        locked=True,
    )
    candidate_ids = fields.One2many(
        "clause.insertion.candidate", "recruitment_id", string="Candidates", copy=False, locked=True
    )
    evidence_ids = fields.One2many(
        "clause.insertion.evidence",
        "recruitment_id",
        string="Not attributable to the contractor",
        copy=False,
        locked=True,
    )
    is_relay = fields.Boolean(compute="_compute_is_relay", export_string_translation=False)

    _some_people = models.Constraint("CHECK (quantity > 0)", "Ask for one person at least.")

    @api.depends("asked_on", "company_id")
    def _compute_date_due(self):
        Parameter = self.env["clause.insertion.parameter"]
        for request in self:
            days = Parameter._require("recruitment_delay", request.asked_on, request.company_id)
            request.date_due = answer_due(request.asked_on, int(days))

    @api.depends_context("uid")
    @api.depends("facilitator_id")
    def _compute_is_relay(self):
        for request in self:
            request.is_relay = request._is_own(request._answering_relay())

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for request in self:
            request.access_url = f"/my/insertion-requests/{request.id}"
        return result

    def _creation_message(self):
        return self.env._("Request created")

    # -- guards ------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # sudo: a contractor has no right on sequences
            vals["name"] = self.env["ir.sequence"].sudo().next_by_code("clause.insertion.recruitment") or "/"
        requests = super().create(vals_list)
        requests._check_asker()
        for request in requests:
            day = format_date(self.env, request.date_due)
            asked = self.env._("Candidates are asked for: please answer by %(day)s.", day=day)
            request._notify_relay(ACTIVITY, asked, request.date_due)
        return requests

    def _keeps_what_was_asked(self):
        """A lock for what whoever asked may correct until somebody has answered."""
        return not self._is_asker() or any(request.state != "asked" for request in self)

    def _lock_message(self, names):
        locks = {getattr(self._fields[name], "locked", True) for name in names}
        if not locks <= {"_keeps_what_was_asked", "_is_created"}:
            return self.env._("A request is answered, closed or cancelled with its buttons.")
        if not self._is_asker():
            return self._asker_message()
        return self.env._("What was asked no longer changes once it is answered: make a new request.")

    @api.constrains("clause_id")
    def _check_clause(self):
        if any(request.clause_id.state != "running" for request in self):
            raise ValidationError(self.env._("Candidates can be asked for while the contract is running."))

    def _is_own(self, partner):
        return bool(partner) and self.env.user.commercial_partner_id == partner

    def _is_asker(self):
        """The contractor asks; the Region may correct or close in its place."""
        is_region = self.env.su or self.env.user.has_group("clause_insertion.group_clause_insertion_officer")
        return is_region or all(request._is_own(request.partner_id) for request in self)

    def _asker_message(self):
        return self.env._("Only the contractor of the clause asks for candidates, or withdraws.")

    def _check_asker(self):
        if not self._is_asker():
            raise AccessError(self._asker_message())

    def _check_relay(self):
        self.check_access("write")
        if not all(request.is_relay for request in self):
            raise AccessError(self.env._("Only the relay of the clause answers a recruitment request."))
        if any(request.state not in OPEN_STATES for request in self):
            raise UserError(self.env._("This request is closed: nobody else can be proposed."))

    @api.model
    def _to_handle(self):
        """What waits for the user: to answer as a relay, candidates to accept or decline as a contractor."""
        partner = self.env.user.commercial_partner_id
        return [
            "|",
            "&",
            ("state", "=", "asked"),
            ("facilitator_id", "=", partner.id),
            "&",
            ("candidate_ids.state", "=", "proposed"),
            ("partner_id", "=", partner.id),
        ]

    # -- answer of the relay -------------------------------------------------------------------------

    def _eligible_people(self):
        """People whom the user may propose: its own, proven, and still eligible when the job starts."""
        self.ensure_one()
        day = max(self.date_start, region_today(self))
        Participant = self.env["clause.insertion.participant"]
        return Participant.search(
            [
                ("facilitator_id", "=", self.facilitator_id.id),
                ("company_id", "=", self.company_id.id),
                *Participant._eligible_on(day),
                ("id", "not in", self.candidate_ids.participant_id.ids),
            ]
        )

    @button(lambda asked, people: asked._was_proposed(people))
    def action_propose(self, participant_ids):
        """The relay proposes people of its own.

        :param participant_ids: ids of participants; those already proposed are left as they are
        """
        self.ensure_one()
        self._check_relay()
        asked = self.env["clause.insertion.participant"].browse(participant_ids) - self.candidate_ids.participant_id
        if not asked:
            raise UserError(self.env._("Choose at least one person who is not proposed yet."))
        self._check_proposable(asked)
        request = self.sudo()  # the relay and the people were checked above; candidates are closed to direct writing
        request.candidate_ids = [(0, 0, {"participant_id": person.id}) for person in asked]
        request._set_answered("answered")
        request._notify_partners(
            request.create_uid.partner_id, self.env._("The relay proposes candidates for your request.")
        )

    def _was_proposed(self, people):
        return people and self.state == "answered" and set(people) <= set(self.candidate_ids.participant_id.ids)

    def _check_proposable(self, people):
        if people._filtered_access("read") != people or people.facilitator_id != self.facilitator_id:
            raise AccessError(self.env._("A relay proposes its own people only."))
        if refused := people - self._eligible_people():
            raise UserError(
                self.env._(
                    "%(people)s cannot be proposed: no fresh proof of eligibility was seen, or eligibility ends "
                    "before the job starts.",
                    people=", ".join(refused.mapped("name")),
                )
            )

    @button(lambda asked: asked.state == "unanswered" and asked.date_answered)
    def action_nobody_fits(self):
        """The relay has looked and has nobody: the contractor is told at once, and it is written down."""
        self._check_relay()
        if any(request.candidate_ids or request.state != "asked" for request in self):
            raise UserError(self.env._("This request was already answered."))
        requests = self.sudo()  # the relay was checked above
        requests._leave_unanswered("nobody_fits")
        for request in requests:
            request._set_answered("unanswered")

    def _set_answered(self, state):
        self.write({"state": state, "date_answered": self.date_answered or region_today(self)})
        self._close_relay_activity(ACTIVITY)

    # -- withdrawal ------------------------------------------------------------------------------------

    @button(lambda asked: asked.state == "closed")
    def action_close(self):
        """Enough people were found: those still proposed are free again."""
        self._withdraw("closed")

    @button(lambda asked: asked.state == "cancelled")
    def action_cancel(self):
        """The need is gone."""
        self._withdraw("cancelled")

    def _withdraw(self, state):
        self.check_access("write")
        self._check_asker()
        if any(request.state not in OPEN_STATES for request in self):
            raise UserError(self.env._("This request is already closed."))
        requests = self.sudo()  # access was checked above; states are closed to direct writing
        requests.candidate_ids.filtered(lambda candidate: candidate.state == "proposed").write(
            {"state": "declined", "reason": self.env._("The request was closed.")}
        )
        requests.write({"state": state})
        requests._close_relay_activity(ACTIVITY)

    # -- without an answer -----------------------------------------------------------------------------

    @api.model
    def _run_overdue(self):
        """Scheduled: requests that nobody answered in time, in batches that can be interrupted."""
        overdue = [("state", "=", "asked"), ("date_due", "<", region_today(self))]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(overdue))
        while requests := self.search(overdue, limit=self._overdue_batch, order="id"):
            requests._leave_unanswered("no_answer")
            if not self.env["ir.cron"]._commit_progress(len(requests)):
                break

    def _leave_unanswered(self, reason):
        """Nobody was proposed: it is not the contractor's fault, and the clause remembers it."""
        self.env["clause.insertion.evidence"].create(
            [{"clause_id": request.clause_id.id, "recruitment_id": request.id, "reason": reason} for request in self]
        )
        self.write({"state": "unanswered"})
        for request in self:
            reader = request.create_uid.partner_id
            told = request.with_context(lang=reader.lang)  # the scheduled job has no language of its own
            told._notify_partners(
                reader,
                told.env._("Nobody was proposed for your request: the clause records that it is not your doing."),
            )
