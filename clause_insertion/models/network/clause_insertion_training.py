from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...tools.base.button import button
from ...tools.base.days import region_day, region_zone


class ClauseInsertionTraining(models.Model):
    """A training session on the reception of people: for their tutors in companies, or for the people."""

    _name = "clause.insertion.training"
    _description = "Training session"
    _inherit = ["clause.insertion.lock.mixin", "portal.mixin", "clause.insertion.chatter.mixin"]
    _order = "date_start desc, id desc"

    name = fields.Char("Subject", required=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    user_id = fields.Many2one("res.users", "Organized by", default=lambda self: self.env.user)
    audience = fields.Selection(
        [("tutors", "Tutors in companies"), ("people", "People under clauses"), ("all", "Both")],
        required=True,
        default="tutors",
    )
    date_start = fields.Datetime("Start", required=True, tracking=True)
    date_stop = fields.Datetime("End", required=True)
    hours = fields.Float(
        compute="_compute_hours", store=True, readonly=False, help="Of training, for those who attend it all."
    )
    place = fields.Char(tracking=True)
    trainer_id = fields.Many2one("res.partner")
    seats = fields.Integer(help="0 for no limit.")
    seats_left = fields.Integer(compute="_compute_seats")
    registered_count = fields.Integer("Registered", compute="_compute_seats")
    description = fields.Html("Programme")
    invited_ids = fields.Many2many(
        "res.partner",
        "clause_insertion_training_invited_rel",
        "training_id",
        "partner_id",
        help="Relays and companies that see the session on the portal, and register there.",
    )
    registration_ids = fields.One2many("clause.insertion.training.registration", "training_id", string="Registrations")
    state = fields.Selection(
        [("draft", "Draft"), ("open", "Open to registration"), ("done", "Held"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        locked=True,
    )

    _dates_order = models.Constraint("CHECK (date_stop > date_start)", "A session ends after it starts.")
    _numbers_positive = models.Constraint(
        "CHECK (seats >= 0 AND hours >= 0)", "Seats and hours of a session cannot be negative."
    )

    @api.depends("date_start", "date_stop")
    def _compute_hours(self):
        for training in self:
            if training.date_start and training.date_stop:
                training.hours = max((training.date_stop - training.date_start).total_seconds() / 3600, 0)
            else:
                training.hours = 0

    @api.depends("seats", "registration_ids.state")
    def _compute_seats(self):
        """sudo: two numbers; a company does not read the registrations of the others."""
        counts = dict(
            self.env["clause.insertion.training.registration"]
            .sudo()
            ._read_group([("training_id", "in", self.ids), ("state", "!=", "cancelled")], ["training_id"], ["__count"])
        )
        for training in self:
            training.registered_count = counts.get(training.sudo(), 0)
            training.seats_left = max(training.seats - training.registered_count, 0) if training.seats else 0

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for training in self:
            training.access_url = f"/my/insertion-training/{training.id}"
        return result

    # -- what is refused -----------------------------------------------------------------------------

    def _lock_message(self, names):
        if "state" in names:
            return self.env._("A session is opened, closed or cancelled with its buttons.")
        return super()._lock_message(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(training.state != "draft" for training in self):
            raise UserError(self.env._("Only a draft session can be deleted: cancel it instead."))

    # -- buttons -------------------------------------------------------------------------------------

    def _change_state(self, before, state):
        self.check_access("write")
        if any(training.state not in before for training in self):
            raise UserError(self.env._("This session is not at that step."))
        self.sudo().state = state  # access was checked above; the state is closed to direct writing

    @button(lambda training: training.state == "open")
    def action_open(self):
        """Those who are invited are told, and may register."""
        self._change_state(("draft", "cancelled"), "open")
        for training in self:
            training._notify_invited(training.invited_ids)

    @button(lambda training: training.state == "done")
    def action_done(self):
        """The session was held: attendance is what it is."""
        self._change_state(("open",), "done")
        if any(registration.state == "registered" for registration in self.registration_ids):
            raise UserError(self.env._("Say first who attended and who was absent."))

    @button(lambda training: training.state == "cancelled")
    def action_cancel(self):
        self._change_state(("draft", "open"), "cancelled")
        for training in self:
            structures = training.registration_ids.filtered(lambda r: r.state == "registered").partner_id
            training._notify_structures(structures, self.env._("The training session is cancelled: %(session)s."))

    def action_invite_relays(self):
        for training in self:
            training._invite(self.env["res.partner"]._insertion_running_relays(training.company_id))

    def action_invite_contractors(self):
        """Those who have a clause that runs."""
        for training in self:
            running = [("state", "=", "running"), ("company_id", "=", training.company_id.id)]
            contractors = self.env["clause.insertion"]._read_group(running, [], ["partner_id:recordset"])[0][0]
            training._invite(contractors)

    def _invite(self, structures):
        added = structures - self.invited_ids
        self.invited_ids |= added
        if self.state == "open":
            self._notify_invited(added)

    def _notify_invited(self, structures):
        self._notify_structures(structures, self.env._("You are invited to a training session: %(session)s."))

    def _notify_structures(self, structures, body):
        """A message to the people of these structures: what, when, where, and nobody's name."""
        if not structures:
            return
        details = [self.name, format_datetime(self.env, self.date_start, tz=region_zone(self)), self.place]
        self.message_post(
            body=body % {"session": ", ".join(filter(None, details))},
            subject=self.name,
            partner_ids=structures._insertion_people().ids,
        )

    def action_all_attended(self):
        """Everybody who registered was there; the absent are then marked one by one."""
        self.registration_ids.filtered(lambda registration: registration.state == "registered").action_attended()

    def _creation_message(self):
        return self.env._("Session created")

    # -- people --------------------------------------------------------------------------------------
    # Whom a structure may register.

    def _takes_registrations(self):
        """From relays and companies: until it begins."""
        return self.state == "open" and self.date_start > fields.Datetime.now()

    def _registrable_people(self):
        """With the user's own rights: the people that its relay follows, or that it employs on that day."""
        self.ensure_one()
        Participant = self.env["clause.insertion.participant"]
        partner = self.env.user.commercial_partner_id
        if partner.is_insertion_facilitator:
            return Participant.search([("facilitator_id", "=", partner.id), ("company_id", "=", self.company_id.id)])
        day = region_day(self, self.date_start)
        employments = self.env["clause.insertion.employment"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "confirmed"),
                ("date_start", "<=", day),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", day),
            ]
        )
        return employments.participant_id
