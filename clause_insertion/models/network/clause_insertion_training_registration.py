from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...engine.checks import Period
from ...tools.base.button import button
from ...tools.base.days import region_day
from ..hours.account_analytic_line import INSERTION_GROUPS

KEPT_FIRST = ("attended", "registered", "absent")


class ClauseInsertionTrainingRegistration(models.Model):
    """Somebody whom a company or a relay registers for a session: a tutor by name, a person by pseudonym."""

    _name = "clause.insertion.training.registration"
    _description = "Registration for a training session"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.person.mixin"]
    _order = "training_id, partner_id, id"

    training_id = fields.Many2one(
        "clause.insertion.training", required=True, index=True, ondelete="restrict", locked="_is_created"
    )
    company_id = fields.Many2one(related="training_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Structure",
        required=True,
        index=True,
        ondelete="restrict",
        locked="_is_created",
        default=lambda self: self.env.user.commercial_partner_id,
        help="The relay or the company that registers somebody.",
    )
    attendee_name = fields.Char(
        "Tutor",
        locked="_is_created",
        groups=INSERTION_GROUPS,
        help="First and last name of a tutor of the company.",
    )
    participant_id = fields.Many2one(
        "clause.insertion.participant",
        "Person",
        index="btree_not_null",
        ondelete="restrict",
        locked="_is_created",
        groups=INSERTION_GROUPS,
    )
    person_name = fields.Char(
        "Name",
        compute="_compute_person_name",
        groups="clause_insertion.group_clause_insertion_facilitator,base.group_portal",
    )
    employment_id = fields.Many2one(
        "clause.insertion.employment",
        "Work contract",
        compute="_compute_employment_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        groups=INSERTION_GROUPS,
        help="The person's contract on the day of the session: its hours may be declared under its clause.",
    )
    clause_id = fields.Many2one(
        "clause.insertion",
        compute="_compute_clause_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        locked="_is_outside_region",
    )
    state = fields.Selection(
        [("registered", "Registered"), ("attended", "Attended"), ("absent", "Absent"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="registered",
        copy=False,
        index=True,
        locked=True,
    )
    hours = fields.Float("Hours attended", copy=False, locked="_is_outside_region")
    is_region = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_cancel = fields.Boolean(compute="_compute_may", export_string_translation=False)

    _somebody = models.Constraint(
        "CHECK ((attendee_name IS NULL) <> (participant_id IS NULL))", "Register a tutor by name, or a person."
    )
    _person_once = models.UniqueIndex(
        "(training_id, participant_id) WHERE participant_id IS NOT NULL AND state <> 'cancelled'",
        "This person is already registered.",
    )
    _tutor_once = models.UniqueIndex(
        "(training_id, partner_id, LOWER(attendee_name)) WHERE attendee_name IS NOT NULL AND state <> 'cancelled'",
        "This tutor is already registered.",
    )
    _hours_positive = models.Constraint("CHECK (hours >= 0)", "Hours attended cannot be negative.")

    @api.depends("training_id.name", "partner_id.name")
    def _compute_display_name(self):
        """Without anybody's name: it goes into messages and file names."""
        for registration in self:
            registration.display_name = f"{registration.training_id.name or ''} – {registration.partner_id.name or ''}"

    @api.depends_context("uid")
    @api.depends("partner_id", "state")
    def _compute_may(self):
        """Who registered somebody cancels until the session begins; the Region does at any time."""
        self.is_region = self._is_region()
        for registration in self:
            is_own = registration.partner_id == self.env.user.commercial_partner_id
            may = registration.is_region or (is_own and registration.training_id._takes_registrations())
            registration.may_cancel = may and registration.state == "registered"

    @api.depends_context("uid")
    @api.depends("participant_id")
    def _compute_person_name(self):
        for registration in self:
            registration.person_name = registration.participant_id.person_name

    @api.depends("participant_id", "training_id.date_start")
    def _compute_employment_id(self):
        """The confirmed contract on that day; the most recent, where a person has several."""
        contracts = self.env["clause.insertion.employment"].search(
            [("participant_id", "in", self.participant_id.ids), ("state", "=", "confirmed")], order="date_start desc"
        )
        for registration in self:
            start = registration.training_id.date_start
            day = start and region_day(registration, start)
            registration.employment_id = contracts.filtered(
                lambda contract, person=registration.participant_id, day=day: (
                    contract.participant_id == person and day and day in Period(contract.date_start, contract.date_end)
                )
            )[:1]

    @api.depends("employment_id")
    def _compute_clause_id(self):
        for registration in self:
            registration.clause_id = registration.employment_id.clause_ids[:1]

    # -- what is refused -----------------------------------------------------------------------------

    @api.constrains("training_id", "attendee_name", "participant_id")
    def _check_audience(self):
        for registration in self.sudo():
            refused = {"tutors": registration.participant_id, "people": registration.attendee_name}
            if refused.get(registration.training_id.audience):
                raise ValidationError(self.env._("This session is not meant for them."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["attendee_name"] = (vals.get("attendee_name") or "").strip() or False
        registrations = super().create(vals_list)
        for registration in registrations:
            registration._check_open()
            if not registration._is_region():
                registration._check_own()
        return registrations

    def _is_region(self):
        return self.env.su or self.env.user.has_group("clause_insertion.group_clause_insertion_officer")

    def _is_outside_region(self):
        """A lock for what the Region alone records."""
        return not self._is_region()

    def _lock_message(self, names):
        if self._is_outside_region() and {"state", "hours"} & set(names):
            return self.env._("The Region records who attended.")
        if "state" in names:
            return self.env._("Attendance is recorded, or a registration cancelled, with the buttons.")
        return super()._lock_message(names)

    def _check_open(self):
        """sudo: the number of seats taken by everybody."""
        training = self.sudo().training_id
        is_late = not self._is_region() and not training._takes_registrations()
        if training.state != "open" or is_late:
            raise UserError(self.env._("This session is not open to registration."))
        training.invalidate_recordset(["registered_count"])
        if training.seats and training.registered_count > training.seats:
            raise UserError(self.env._("This session is full."))

    def _check_own(self):
        """A structure that is invited registers its own: its tutors, the people that it follows or employs.

        sudo: the list of those invited; the registration itself would open the session to whoever writes one.
        """
        partner = self.env.user.commercial_partner_id
        if self.partner_id != partner or partner not in self.sudo().training_id.invited_ids:
            raise AccessError(self.env._("A structure registers its own people, for the sessions it is invited to."))
        if self.participant_id and self.participant_id not in self.training_id._registrable_people():
            raise AccessError(self.env._("A structure registers its own people only."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_attended(self):
        if any(registration.state != "registered" for registration in self):
            raise UserError(self.env._("A registration that was answered is kept."))

    @api.model
    def _keep_one_of(self, partners):
        """Of contacts that become one: of a tutor whom several had registered, the one who came is kept."""
        tutors = [("partner_id", "in", partners.ids), ("attendee_name", "!=", False), ("state", "!=", "cancelled")]
        found = self.search(tutors, order="id")
        for same in found.grouped(lambda row: (row.training_id, row.attendee_name.lower())).values():
            same.sorted(lambda row: KEPT_FIRST.index(row.state))[1:].write({"state": "cancelled", "hours": 0})

    # -- buttons -------------------------------------------------------------------------------------

    @button(lambda registration: registration.state == "attended")
    def action_attended(self):
        self._record("attended")

    @button(lambda registration: registration.state == "absent")
    def action_absent(self):
        self._record("absent")

    def _record(self, state):
        self.check_access("write")
        now = fields.Datetime.now()
        for training in self.training_id:
            if training.state not in ("open", "done") or training.date_start > now:
                raise UserError(self.env._("Attendance is recorded once the session has begun."))
        if any(registration.state == "cancelled" for registration in self):
            raise UserError(self.env._("This registration was cancelled."))
        for registration in self.sudo():  # access was checked above; the state is closed to direct writing
            hours = registration.training_id.hours if state == "attended" else 0
            registration.write({"state": state, "hours": hours})

    @button(lambda registration: registration.state == "cancelled")
    def action_cancel(self):
        self.check_access("read")
        if any(registration.state != "registered" for registration in self):
            raise UserError(self.env._("This registration was already answered."))
        if not all(registration.may_cancel for registration in self):
            raise AccessError(self.env._("The structure that registered somebody cancels, before the session begins."))
        self.sudo().state = "cancelled"  # who cancels was checked above

    # -- certificate ---------------------------------------------------------------------------------
    # Who attended gets a certificate; it bears a name only for those who may read it.

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
