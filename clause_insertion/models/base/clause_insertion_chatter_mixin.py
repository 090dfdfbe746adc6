from odoo import fields, models


class ClauseInsertionChatterMixin(models.AbstractModel):
    """A chatter whose messages are searched by those alone who may read all of them.

    Odoo looks into messages through these fields without asking who may read them: a contractor that sees a record on
    the portal could so have found, word by word, what the Region notes of it. The portal shows messages another way.
    """

    _name = "clause.insertion.chatter.mixin"
    _description = "Chatter of insertion clauses"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    message_ids = fields.One2many(groups="base.group_user")
    website_message_ids = fields.One2many(groups="base.group_user")
