from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.base.button import button
from ...tools.base.days import region_today


class ClauseInsertionCharter(models.Model):
    """A version of the charter of good practices, and who has signed it."""

    _name = "clause.insertion.charter"
    _description = "Charter of good practices"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.chatter.mixin"]
    _order = "name, version desc"

    name = fields.Char(required=True, locked="_is_signed")
    version = fields.Integer(required=True, default=1, copy=False, aggregator=None, locked="_is_signed")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, locked="_is_signed"
    )
    date_start = fields.Date("Current from", readonly=True, copy=False, locked=True)
    body = fields.Html("Text", locked="_is_signed")
    signatory_ids = fields.One2many("clause.insertion.charter.signatory", "charter_id", string="Signatories")
    signed_count = fields.Integer("Signed", compute="_compute_signed_count")
    unsigned_count = fields.Integer("Not signed", compute="_compute_signed_count")
    practice_ids = fields.One2many(
        "clause.insertion.meeting.decision", "charter_id", string="Practices agreed upon since"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("current", "Current"), ("replaced", "Replaced")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        locked=True,
    )

    _version_unique = models.UniqueIndex("(company_id, name, version)", "This charter already has this version.")
    _version_positive = models.Constraint("CHECK (version > 0)", "Versions are numbered from 1.")

    @api.depends("name", "version")
    def _compute_display_name(self):
        for charter in self:
            charter.display_name = self.env._(
                "%(name)s, version %(version)s", name=charter.name, version=charter.version
            )

    @api.depends("signatory_ids.date_signed")
    def _compute_signed_count(self):
        """sudo: two numbers, of a charter that the reader may see."""
        counts = {
            charter.id: (total, signed)
            for charter, total, signed in self.env["clause.insertion.charter.signatory"]
            .sudo()
            ._read_group([("charter_id", "in", self.ids)], ["charter_id"], ["__count", "date_signed:count"])
        }
        for charter in self:
            total, signed = counts.get(charter.id, (0, 0))
            charter.signed_count, charter.unsigned_count = signed, total - signed

    # -- what is refused -----------------------------------------------------------------------------

    def _is_signed(self):
        """What somebody has signed is no longer written on."""
        return bool(self.signatory_ids.filtered("date_signed"))

    def _lock_message(self, names):
        if {"state", "date_start"} & set(names):
            return self.env._("A charter becomes current, or is replaced, with its button.")
        return self.env._("A charter that somebody has signed keeps its text: prepare a new version.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(charter.state != "draft" for charter in self):
            raise UserError(self.env._("Only a draft of a charter can be deleted."))

    # -- buttons -------------------------------------------------------------------------------------

    @button(lambda charter: charter.state == "current")
    def action_publish(self):
        """This version becomes the current one, in the place of the one before."""
        self.check_access("write")
        for charter in self.sudo():  # access was checked above; the state is closed to direct writing
            if charter.state != "draft":
                raise UserError(self.env._("This version was already published."))
            charter.search(
                [
                    ("company_id", "=", charter.company_id.id),
                    ("name", "=", charter.name),
                    ("state", "=", "current"),
                ]
            ).state = "replaced"
            charter.write({"state": "current", "date_start": region_today(self)})

    @button()
    def action_new_version(self):
        """A draft of the next version: its text to change, the same partners to sign it again."""
        self.ensure_one()
        own = [("company_id", "=", self.company_id.id), ("name", "=", self.name)]
        if draft := self.search([*own, ("version", ">", self.version), ("state", "=", "draft")], limit=1):
            return draft._get_records_action()
        last = self.search(own, order="version desc", limit=1)
        invited = [
            (0, 0, {"partner_id": signatory.partner_id.id, "kind": signatory.kind}) for signatory in self.signatory_ids
        ]
        return self.copy({"version": last.version + 1, "signatory_ids": invited})._get_records_action()

    def action_invite_relays(self):
        """Every relay with a running convention is to sign."""
        for charter in self:
            relays = self.env["res.partner"]._insertion_running_relays(charter.company_id)
            charter.signatory_ids = [
                (0, 0, {"partner_id": relay.id}) for relay in relays - charter.signatory_ids.partner_id
            ]

    def action_open_signatories(self):
        """Those that the button asks for: who has signed, or who has not."""
        self.ensure_one()
        asked = {key: value for key, value in self.env.context.items() if key.startswith("search_default_")}
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "clause_insertion.clause_insertion_charter_signatory_action"
        )
        return {**action, "domain": [("charter_id", "=", self.id)], "context": asked}

    def action_print(self):
        return self.env.ref("clause_insertion.clause_insertion_charter_report").report_action(self)

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.display_name.replace("/", "-")

    def _creation_message(self):
        return self.env._("Charter created")
