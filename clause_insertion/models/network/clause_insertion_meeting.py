from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.base.days import region_day


class ClauseInsertionMeeting(models.Model):
    """The yearly meeting of all relays, or a working group: an event of Odoo's calendar, and what came out of it.

    The calendar shows the event to everybody, as it does any other; minutes and decisions are for those invited.
    """

    _name = "clause.insertion.meeting"
    _description = "Meeting with the relays"
    _inherits = {"calendar.event": "event_id"}
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.chatter.mixin"]
    _order = "start desc, id desc"

    event_id = fields.Many2one(
        "calendar.event", "Calendar event", required=True, index=True, copy=False, ondelete="restrict", locked=True
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection(
        [("yearly", "Yearly meeting of the relays"), ("group", "Working group"), ("other", "Other meeting")],
        required=True,
        default="yearly",
    )
    invited_ids = fields.Many2many(
        "res.partner",
        "clause_insertion_meeting_invited_rel",
        "meeting_id",
        "partner_id",
        default=lambda self: self.env.user.partner_id,
        help="They get the invitation of the calendar. Whoever else joins the event there does not read the minutes.",
    )
    invited_count = fields.Integer("Number invited", compute="_compute_counts")
    present_ids = fields.Many2many(
        "res.partner",
        "clause_insertion_meeting_present_rel",
        "meeting_id",
        "partner_id",
        copy=False,
    )
    present_count = fields.Integer("Number present", compute="_compute_counts")
    minutes = fields.Html(copy=False)
    decision_ids = fields.One2many("clause.insertion.meeting.decision", "meeting_id", string="Decisions")

    @api.depends("invited_ids", "present_ids")
    def _compute_counts(self):
        for meeting in self:
            meeting.invited_count = len(meeting.invited_ids)
            meeting.present_count = len(meeting.present_ids)

    @api.model_create_multi
    def create(self, vals_list):
        """The calendar invites; it would add the organizer's phone to the agenda."""
        meetings = super(ClauseInsertionMeeting, self.with_context(skip_contact_description=True)).create(vals_list)
        model_id = self.env["ir.model"]._get_id(self._name)
        for meeting in meetings:  # so that the calendar's event opens the meeting
            meeting.event_id.with_context(dont_notify=True).write({"res_model_id": model_id, "res_id": meeting.id})
            meeting._invite_in_calendar(meeting.event_id.partner_ids)
        return meetings.with_env(self.env)

    def write(self, vals):
        before = {meeting: meeting.invited_ids for meeting in self} if "invited_ids" in vals else {}
        result = super().write(vals)
        for meeting, invited in before.items():
            meeting._invite_in_calendar(invited)
        return result

    def _invite_in_calendar(self, before):
        """The event follows the change; who joined it in the calendar alone stays there."""
        added, removed = self.invited_ids - before, before - self.invited_ids
        if added or removed:
            self.event_id.partner_ids = [(4, partner.id) for partner in added] + [
                (3, partner.id) for partner in removed
            ]

    def unlink(self):
        events = self.event_id
        result = super().unlink()
        events.unlink()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        if any(meeting.minutes or meeting.present_ids or meeting.decision_ids for meeting in self):
            raise UserError(self.env._("A meeting that was held is kept."))

    # -- buttons -------------------------------------------------------------------------------------

    def action_invite_relays(self):
        """Invite the people of each relay with a running convention, or the relay itself where none is known."""
        for meeting in self:
            relays = self.env["res.partner"]._insertion_running_relays(meeting.company_id)
            meeting.invited_ids |= relays._insertion_people()

    def action_all_present(self):
        """Tick everybody who is invited; the absent are then taken off."""
        for meeting in self:
            meeting.present_ids = meeting.invited_ids

    def action_open_event(self):
        self.ensure_one()
        return self.event_id._get_records_action()

    def action_print(self):
        return self.env.ref("clause_insertion.clause_insertion_meeting_report").report_action(self)

    def _get_report_base_filename(self):
        self.ensure_one()
        day = region_day(self, self.start)
        return self.env._("Minutes %(day)s %(meeting)s", day=day, meeting=self.name).replace("/", "-")

    def _creation_message(self):
        return self.env._("Meeting created")
