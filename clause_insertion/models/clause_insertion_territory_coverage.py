from odoo import api, fields, models
from odoo.fields import Domain

from ..engine.coverage import coverage


class ClauseInsertionTerritory(models.Model):
    """No facilitator, no clause: where a relay answers, and where none does."""

    _inherit = "clause.insertion.territory"

    coverage = fields.Selection(
        [
            ("own", "Has its relay"),
            ("inherited", "Covered by a wider relay"),
            ("partly", "Covered in part"),
            ("none", "Not covered"),
        ],
        compute="_compute_coverage",
        search="_search_coverage",
        help="In part: territories within it have a relay, and the rest has none.",
    )
    relay_id = fields.Many2one("res.partner", "Relay that answers", compute="_compute_coverage")
    is_own = fields.Boolean(
        "In our Region",
        search="_search_is_own",
        compute="_compute_is_own",
        help="Of the company's Region, by its postcode; else of the regions where there are clauses or relays.",
    )
    running_clause_count = fields.Integer("Running clauses", compute="_compute_running_clause_count")

    @api.model
    def _coverage(self):
        """``{territory: (coverage, relay)}`` today, for all of them: a few thousand, read at once."""
        places = self.with_context(active_test=False).search_fetch([], ["parent_path"])
        around = {place.id: [id_ for id_, _depth in reversed(place._depths())] for place in places}
        return coverage(around, self._relays(fields.Date.context_today(self)))

    @api.depends("facilitator_ids", "parent_path")
    def _compute_coverage(self):
        found = self._coverage()
        for territory in self:
            territory.coverage, territory.relay_id = found.get(territory._origin.id, (False, False))

    def _search_coverage(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", [id_ for id_, (kind, _relay) in self._coverage().items() if kind in value])

    # -- our Region --------------------------------------------------------------------------------

    def _compute_is_own(self):
        own = self.search([("is_own", "=", True), ("id", "in", self.ids)])
        for territory in self:
            territory.is_own = territory._origin in own

    def _search_is_own(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("id", "child_of", self._own_regions().ids)

    @api.model
    def _own_regions(self):
        home = self._from_zip(self.env.company.zip)
        if not home:
            # sudo: only tells which regions are in use, not what happens there.
            in_use = (
                self.env["clause.insertion"]
                .sudo()
                ._read_group(
                    [("territory_id", "!=", False), ("company_id", "=", self.env.company.id)], ["territory_id"]
                )
            )
            home = self.browse([territory.id for (territory,) in in_use]) | self.search(
                [("facilitator_ids", "!=", False)]
            )
        return self.browse({int(place.parent_path.split("/")[0]) for place in home})

    # -- clauses there -----------------------------------------------------------------------------

    def _compute_running_clause_count(self):
        """Those that the user may see, in the territory and in those within it."""
        counts = dict.fromkeys(self.ids, 0)
        clauses = self.env["clause.insertion"]
        domain = [("territory_id", "child_of", self.ids), ("state", "=", "running")]
        groups = clauses._read_group(domain, ["territory_id"], ["__count"]) if clauses.has_access("read") else ()
        for territory, count in groups:
            for id_, _depth in territory._depths():
                if id_ in counts:
                    counts[id_] += count
        for territory in self:
            territory.running_clause_count = counts.get(territory._origin.id, 0)

    def action_open_running_clauses(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_action")
        return {
            **action,
            "domain": [("territory_id", "child_of", self.id)],
            "context": {"search_default_running": 1},
        }
