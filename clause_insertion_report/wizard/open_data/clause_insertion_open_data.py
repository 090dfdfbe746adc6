import json

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.clause_insertion.tools.base.days import region_today

EXPORTERS = "clause_insertion.group_clause_insertion_officer"
LISTED = 40  # contracts lacking data on the page; the button shows them all


class ClauseInsertionOpenData(models.TransientModel):
    """The open data file (DECP) of a company's contracts over a period, and what keeps the others out of it."""

    _name = "clause.insertion.open.data"
    _description = "Open data file (DECP)"

    company_id = fields.Many2one("res.company", "Public buyer", required=True, default=lambda self: self.env.company)
    date_from = fields.Date(
        "Notified from",
        required=True,
        default=lambda self: self._default_date_from(),
    )
    date_to = fields.Date("to", required=True, default=region_today)
    content = fields.Selection(
        [
            ("to_publish", "Contracts and modifications to publish"),
            ("all", "All contracts, those published before included"),
        ],
        required=True,
        default="to_publish",
    )
    published_on = fields.Date("Publication date", required=True, default=region_today, help="Written in the file.")
    ready_count = fields.Integer("Ready", compute="_compute_review")
    lacking_count = fields.Integer("Lacking data", compute="_compute_review")
    late_count = fields.Integer("Late", compute="_compute_review")
    lacking_ids = fields.Many2many(
        "clause.insertion.essential.contract", string="Left out of the file", compute="_compute_review"
    )

    @api.model
    def _default_date_from(self):
        """The oldest notification that is still to publish: nothing late is left out by default."""
        waiting = [("to_publish_from", "!=", False), ("company_id", "=", self.env.company.id)]
        oldest = self.env["clause.insertion.essential.contract"].search(waiting, order="to_publish_from", limit=1)
        return oldest.to_publish_from or region_today(self) - relativedelta(months=3, day=1)

    @api.depends("company_id", "date_from", "date_to", "content", "published_on")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Open data file (DECP)")

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        if any(wizard.date_to < wizard.date_from for wizard in self):
            raise ValidationError(self.env._("The period ends before it begins."))

    @api.depends("company_id", "date_from", "date_to", "content", "published_on")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_review(self):
        for wizard in self:
            rows = wizard._search_rows()
            lacking = [
                row.id
                for batch in rows._batches()
                for row, _purchase, _contract, found in batch._review(wizard.published_on)
                if found
            ]
            wizard.lacking_ids = lacking[:LISTED]
            wizard.lacking_count = len(lacking)
            wizard.ready_count = len(rows) - len(lacking)
            wizard.late_count = rows.search_count(wizard._domain() & Domain("is_late", "=", True))

    # -- which contracts ---------------------------------------------------------------------------

    def _search_rows(self, narrower=Domain.TRUE):
        return self.env["clause.insertion.essential.contract"].search(self._domain() & narrower, order="id")

    def _domain(self):
        day = "to_publish_from" if self.content == "to_publish" else "notified_on"
        period = Domain(day, ">=", self.date_from) & Domain(day, "<=", self.date_to)
        return period & Domain("company_id", "=", self.company_id.id)

    def _check_may_export(self):
        self.check_access("read")
        if not self.env.user.has_group(EXPORTERS):
            raise AccessError(self.env._("Clause officers make the open data file."))
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Choose one of your companies."))

    # -- the file ----------------------------------------------------------------------------------

    def _file_name(self):
        return f"decp-{self.date_from}-{self.date_to}.json"

    def _stream(self):
        """The file by pieces, a batch of contracts in memory at a time."""
        is_concession = Domain("category", "=", "concession")
        yield '{"marches": {"marche": ['
        yield from self._objects(self._search_rows(~is_concession))
        concessions = self._search_rows(is_concession)
        if concessions:
            yield '\n], "contrat-concession": ['
            yield from self._objects(concessions)
        yield "\n]}}\n"

    def _objects(self, rows):
        day, separator = self.published_on, "\n"
        for purchase, contract in self._ready(rows, day):
            yield separator + json.dumps(purchase._decp_object(contract, day), ensure_ascii=False)
            separator = ",\n"

    def _ready(self, rows, day):
        """``(purchase, contract)`` of those that lack nothing, batch after batch."""
        for batch in rows._batches():
            for _row, purchase, contract, found in batch._review(day):
                if not found:
                    yield purchase, contract

    def action_download(self):
        self.ensure_one()
        self._check_may_export()
        if not self.ready_count:
            raise UserError(self.env._("No contract of this period is ready: there is nothing to put in a file."))
        return {"type": "ir.actions.act_url", "url": f"/clause_insertion/open_data/{self.id}", "target": "self"}

    def action_record(self):
        """What the file says is now published: it is kept as it is, and never changes again."""
        self.ensure_one()
        self._check_may_export()
        day = self.published_on
        for batch in self._search_rows()._batches():
            for _row, purchase, contract, found in batch._review(day):
                if not found:
                    self._record(purchase, contract, day)
        return {"type": "ir.actions.act_window_close"}

    def _record(self, purchase, contract, day):
        """The contract, then its modifications: each keeps its own object."""
        made = purchase._decp_object(contract, day)
        purchase._publish_essential_data(day, {name: made[name] for name in made.keys() - {"modifications"}})
        for change in purchase.essential_modification_ids:
            change._publish_essential_data(day, change._decp_object(day))

    def action_lacking(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "clause_insertion_report.clause_insertion_essential_contract_action"
        )
        return action | {"domain": list(self._domain() & Domain("is_ready", "=", False)), "context": {}}
