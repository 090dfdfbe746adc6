from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.clause_insertion.tools.base.days import region_today

from ...engine.spaser import CONCERNED, Contracts, Spaser
from ...report.spaser.clause_insertion_spaser import SpaserTables

FIRST_YEAR = 1990  # no social provision is older
MOST_YEARS = 6  # side by side on one page
ALIKE = (
    "notified_on:year",
    "category",
    "levers",
    "obligation",
    "exemption_id",
    "is_esus",
    "is_social_economy",
    "employer_kind",
)


class ClauseInsertionSpaser(models.TransientModel):
    """The follow-up of the purchasing scheme over some years: on screen, as a PDF and as a spreadsheet."""

    _name = "clause.insertion.spaser"
    _description = "SPASER follow-up"
    _inherit = ["clause.insertion.document.mixin"]

    year_from = fields.Integer(
        "First year",
        required=True,
        default=lambda self: region_today(self).year - 1,
        help="The indicators of a SPASER are published every two years: two years, unless you say otherwise.",
    )
    year_to = fields.Integer(
        "Last year",
        required=True,
        default=lambda self: region_today(self).year,
        help="A contract belongs to the year in which it was notified.",
    )
    company_id = fields.Many2one("res.company", "Buyer", required=True, default=lambda self: self.env.company)

    @api.depends("year_from", "year_to")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("SPASER follow-up %(years)s", years=wizard._write_years())

    @api.depends("year_from", "year_to", "company_id")
    @api.depends_context("lang", "tz", "uid", "allowed_company_ids")
    def _compute_preview(self):
        return super()._compute_preview()

    @api.constrains("year_from", "year_to")
    def _check_years(self):
        for wizard in self:
            mistake = wizard._mistake()
            if mistake:
                raise ValidationError(mistake)

    def _mistake(self):
        today = region_today(self)
        if not FIRST_YEAR <= self.year_from <= self.year_to <= today.year:
            return self.env._(
                "Type two years from %(first)s to %(last)s, the earlier one first.",
                first=str(FIRST_YEAR),
                last=str(today.year),
            )
        if self.year_to - self.year_from >= MOST_YEARS:
            return self.env._("Choose %(number)s years at most.", number=MOST_YEARS)
        return False

    def _write_years(self):
        return f"{self.year_from}-{self.year_to}" if self.year_from < self.year_to else str(self.year_to)

    # -- figures -----------------------------------------------------------------------------------

    def _document(self):
        self._check_may_read()
        return SpaserTables(self, self._spaser(), self._without_condition()).document

    def _check_may_read(self):
        self.ensure_one()
        self.env["clause.insertion.spaser"].check_access("read")
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Choose one of your companies."))

    def _notified(self):
        """The contracts of those years; what the user may not read is not among them."""
        return [
            ("company_id", "=", self.company_id.id),
            ("notified_on", ">=", date(self.year_from, 1, 1)),
            ("notified_on", "<=", date(self.year_to, 12, 31)),
        ]

    def _spaser(self):
        """One query, whatever the number of contracts: those alike are added up by the database."""
        groups = self.env["clause.insertion.purchase.report"]._read_group(
            self._notified(), ALIKE, ["contracts:sum", "amount:sum"]
        )
        years = range(self.year_from, self.year_to + 1)
        return Spaser(years, tuple(self._contracts(*group) for group in groups), self._targets(years))

    def _contracts(self, year, category, levers, obligation, exemption, esus, social_economy, employer, number, amount):
        return Contracts(
            year=year.year,
            number=number,
            amount=amount,
            category=category,
            levers=frozenset(levers.split(",") if levers else ()),
            obligation=obligation or None,
            exemption=exemption.id or None,
            is_esus=esus,
            is_social_economy=social_economy,
            employer_kind=employer or None,
        )

    def _targets(self, years):
        get = self.env["clause.insertion.parameter"]._get
        return {year: get("social_share_target", date(year, 12, 31), self.company_id) for year in years}

    def _without_condition(self):
        """The contracts that the law concerns and that carry no condition, one by one."""
        concerned = [state for state in CONCERNED if state != "satisfied"]
        return self.env["clause.insertion.purchase.report"].search(
            [*self._notified(), ("obligation", "in", concerned)], order="notified_on, id"
        )
