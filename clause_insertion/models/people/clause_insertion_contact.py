from odoo import fields, models

from ...tools.base.days import region_today


class ClauseInsertionContact(models.Model):
    """A call, a visit, a meeting of the relay with a person or with a company: who was met, when, what next."""

    _name = "clause.insertion.contact"
    _description = "Contact logged by a relay"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.person.mixin"]
    _order = "date desc, id desc"
    _rec_name = "subject"

    facilitator_id = fields.Many2one(
        "res.partner",
        "Relay",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: self.env.user.commercial_partner_id,
        locked=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, locked="_is_created"
    )
    user_id = fields.Many2one(
        "res.users", "By", required=True, readonly=True, copy=False, default=lambda self: self.env.user, locked=True
    )
    date = fields.Date(required=True, default=region_today)
    kind = fields.Selection(
        [("call", "Call"), ("visit", "Visit"), ("meeting", "Meeting"), ("mail", "E-mail or letter")],
        required=True,
        default="call",
    )
    participant_id = fields.Many2one("clause.insertion.participant", index="btree_not_null", ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Company met", index="btree_not_null")
    clause_id = fields.Many2one("clause.insertion", index="btree_not_null", ondelete="cascade")
    subject = fields.Char(required=True)
    note = fields.Text()

    _somebody = models.Constraint(
        "CHECK (participant_id IS NOT NULL OR partner_id IS NOT NULL)", "Say who was met: a person or a company."
    )

    def _may_name(self, name, hidden):
        """The companies that the relay works with. sudo: whose clauses and contracts they are that the user reads."""
        if name != "partner_id":
            return super()._may_name(name, hidden)
        clauses = self.env["clause.insertion"].search([("partner_id", "in", hidden.ids)])
        contracts = self.env["clause.insertion.employment"].search([("employer_id", "in", hidden.ids)])
        return (clauses.sudo().partner_id | contracts.sudo().employer_id).with_env(self.env)
