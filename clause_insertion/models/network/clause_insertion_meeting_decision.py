from odoo import api, fields, models

from ...tools.base.days import region_today

FOLLOW_UP = "clause_insertion.mail_activity_type_decision"


class ClauseInsertionMeetingDecision(models.Model):
    """What a meeting decided: somebody does it by a day, or it is a practice that joins the charter."""

    _name = "clause.insertion.meeting.decision"
    _description = "Decision of a meeting"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.chatter.mixin"]
    _order = "date_due, id"

    meeting_id = fields.Many2one(
        "clause.insertion.meeting", required=True, index=True, ondelete="cascade", locked="_is_created"
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True, index=True)
    name = fields.Char("Decision", required=True)
    owner_id = fields.Many2one("res.partner", help="Who does it.")
    date_due = fields.Date("Due on", help="With a day, it is followed as an activity.")
    charter_id = fields.Many2one(
        "clause.insertion.charter",
        "Practice of the charter",
        index="btree_not_null",
        ondelete="restrict",
        help="The decision is a good practice agreed upon: it is printed with this charter.",
    )
    follow_up = fields.Selection(
        [("open", "To do"), ("late", "Late"), ("done", "Done")],
        string="Follow-up",
        compute="_compute_follow_up",
        help="From its activity.",
    )

    @api.depends("activity_ids", "date_due")
    def _compute_follow_up(self):
        """sudo: portal users see that a decision is followed, not the activities."""
        today = region_today(self)
        for decision in self.sudo():
            if not decision.date_due:
                decision.follow_up = False
            elif not decision.activity_ids:
                decision.follow_up = "done"
            else:
                decision.follow_up = "late" if decision.date_due < today else "open"

    @api.model_create_multi
    def create(self, vals_list):
        decisions = super().create(vals_list)
        decisions._follow()
        return decisions

    def write(self, vals):
        result = super().write(vals)
        if {"name", "owner_id", "date_due"} & vals.keys():
            self.activity_unlink([FOLLOW_UP])
            self._follow()
        return result

    def _follow(self):
        for decision in self.filtered("date_due"):
            decision.activity_schedule(
                FOLLOW_UP, decision.date_due, summary=decision.name, user_id=decision._follower().id
            )

    def _follower(self):
        """The owner, where it has an account that reads the decision; else whoever called the meeting."""
        users = self.sudo().owner_id.user_ids.filtered(lambda user: user._is_internal())
        readers = users.filtered(lambda user: self.with_user(user).has_access("read"))
        return readers[:1] or self.meeting_id.user_id or self.env.user

    def action_done(self):
        self.activity_feedback([FOLLOW_UP])

    def _creation_message(self):
        return self.env._("Decision created")
