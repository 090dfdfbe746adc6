from odoo import models


class ClauseInsertionNotificationMixin(models.AbstractModel):
    """What goes between a contractor and its relay: who acts next is told, without the name of any person.

    In the back office it is an activity, done when the answer is given; on the portal a message, which may
    leave by e-mail and leads to the page. Records have a ``facilitator_id``.

    sudo: whoever acts reads neither the other side's users nor their activities, and gets none of them back.
    """

    _name = "clause.insertion.notification.mixin"
    _description = "Exchange between a contractor and its relay"
    _inherit = ["clause.insertion.chatter.mixin"]

    def _answering_relay(self):
        """The relay, where it is one, or still is, and not the contractor itself. sudo: relays are public."""
        relay = self.facilitator_id.sudo()
        return relay.filtered("is_insertion_facilitator") - self.partner_id

    def _notify_relay(self, activity_type, body, day=None):
        """Say to each person of the relay that it acts next; ``day`` is the deadline, else the activity type's."""
        day = day or self.env.ref(activity_type).sudo()._get_date_deadline()
        for relay, records in self.sudo().grouped("facilitator_id").items():
            users = self._users_of(relay)
            for record in records:
                for user in users.filtered(lambda user: user._is_internal()):
                    record.activity_schedule(activity_type, day, user_id=user.id)
                record._notify_partners(users.filtered("share").partner_id, body)

    def _close_relay_activity(self, activity_type):
        self.sudo().activity_unlink([activity_type])

    def _notify_contractor(self, contractors, body):
        for record in self.sudo():
            record._notify_partners(self._users_of(contractors).filtered("share").partner_id, body)

    def _users_of(self, partners):
        users = self.env["res.users"].sudo()
        return users.search([("partner_id", "child_of", partners.ids)]) if partners else users

    def _notify_partners(self, partners, body):
        """Words without any name: the message may leave by e-mail."""
        others = partners - self.env.user.partner_id
        if others:
            self.message_post(
                body=body,
                subject=self.display_name,
                author_id=self.env.user.partner_id.id,
                partner_ids=others.ids,
            )

    # -- how Odoo sends it -----------------------------------------------------------------------------

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """No link that opens an account to the “customer”: the Region gives accounts.

        Making that link writes the contractor's contact, whoever is told: all those who validate its months at the
        same time would wait for that one row, and then fail.
        """
        told = self.with_context(insertion_without_customer=True)
        return super(ClauseInsertionNotificationMixin, told)._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )

    def _mail_get_partners(self, introspect_fields=False):
        if self.env.context.get("insertion_without_customer"):
            return dict.fromkeys(self.ids, self.env["res.partner"])
        return super()._mail_get_partners(introspect_fields=introspect_fields)
