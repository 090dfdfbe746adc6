from functools import cached_property

from odoo import models

from odoo.addons.clause_insertion.tools.base.days import region_today

from ...engine.spaser import has_lever, is_from_esus, is_social
from ...engine.table import Cell, Document, Line, Table
from .spaser_indicators import SpaserIndicators


class SpaserTables:
    """The follow-up in words: titles, labels, definitions and notes, in the language of ``env``.

    ``without_condition``: rows of the contract analysis, those that must carry a social condition and do not.
    """

    def __init__(self, wizard, spaser, without_condition):
        self.wizard = wizard
        self.env = wizard.env
        self.spaser = spaser
        self.without_condition = without_condition
        # Each year, and all of them where there are several: a contract is notified once, so years add up.
        self.periods = [*spaser.years, *([None] if len(spaser.years) > 1 else [])]
        self.currency = wizard.company_id.currency_id.symbol
        self.today = region_today(wizard)
        self.day = wizard._write_day(self.today)

    @cached_property
    def document(self):
        indicators = SpaserIndicators(self)
        return Document(
            title=self.env._("SPASER follow-up %(years)s", years=self.years(None)),
            head=(
                self.wizard.company_id.name,
                self.env._(
                    "Contracts notified in %(years)s, as recorded on %(day)s", years=self.years(None), day=self.day
                ),
            ),
            warning=self._warning(),
            tables=(
                indicators.table,
                self._by_category(),
                self._by_lever(),
                self._reserved(),
                self._vendors(),
                self._duty(),
                self._exemptions(),
                self._contracts_without_condition(),
                indicators.sources,
            ),
        )

    def _warning(self):
        if self.spaser.years[-1] < self.today.year:
            return ""
        return self.env._("%(year)s is not over: contracts up to %(day)s", year=str(self.today.year), day=self.day)

    def years(self, period):
        """A year, or all of them if None, in words."""
        return self.wizard._write_years() if period is None else str(period)

    def choices(self, name):
        """``(code, label)`` of a field of the contract analysis."""
        return self.env["clause.insertion.purchase.report"]._fields[name]._description_selection(self.env)

    # -- by category -------------------------------------------------------------------------------

    def _by_category(self):
        """With and without a social provision, category by category and year by year."""
        everything = self.env._("All categories")
        kept = {row.category for row in self.spaser.contracts} | {None}
        return Table(
            title=self.env._("By category and year"),
            headers=(
                self.env._("Category of purchase"),
                self.env._("Contracts"),
                self.env._("With a social provision"),
                self.env._("Without a social provision"),
                self.env._("Share of contracts"),
                self.env._("Value (%(currency)s)", currency=self.currency),
                self.env._("Value with a social provision"),
                self.env._("Share of value"),
            ),
            lines=tuple(
                self._category_line(label, year, category)
                for category, label in [*self.choices("category"), (None, everything)]
                if category in kept
                for year in self.spaser.years
            ),
            total=self._category_line(everything, None, None),
        )

    def _category_line(self, label, year, category):
        rows = self.spaser.of_category(category)
        whole, social = rows.figure(year), rows.figure(year, is_social)
        cells = (
            Cell(whole.number),
            Cell(social.number),
            Cell(whole.number - social.number),
            Cell(rows.social_share(year), "percent"),
            Cell(whole.amount),
            Cell(social.amount),
            Cell(rows.share_of_value(year, is_social), "percent"),
        )
        return Line(self.env._("%(label)s, %(years)s", label=label, years=self.years(year)), cells)

    # -- contracts and values of each period, side by side -----------------------------------------

    def _side_by_side(self, title, header, lines, total, notes=()):
        """``lines`` and ``total`` are ``(label, which contracts)``; the chart is of the last period's contracts."""
        measures = (self.env._("Contracts"), self.env._("Value (%(currency)s)", currency=self.currency))
        headers = (f"{measure} {self.years(period)}" for period in self.periods for measure in measures)
        return Table(
            title=title,
            headers=(header, *headers),
            lines=tuple(self._figures_line(*line) for line in lines),
            total=self._figures_line(*total),
            notes=tuple(notes),
            drawn=2 * len(self.periods) - 2,
        )

    def _figures_line(self, label, wanted):
        figures = (self.spaser.figure(period, wanted) for period in self.periods)
        return Line(label, tuple(Cell(value) for figure in figures for value in (figure.number, figure.amount)))

    def _levers(self, name):
        return [(label, has_lever(lever)) for lever, label in self.choices(name) if lever != "several"]

    def _by_lever(self):
        note = self.env._(
            "A contract that uses several levers counts under each: neither contracts nor values add up to the total, "
            "where it counts once."
        )
        return self._side_by_side(
            self.env._("By lever"),
            self.env._("Lever"),
            self._levers("lever"),
            (self.env._("Contracts with a social provision"), is_social),
            [note],
        )

    def _reserved(self):
        note = self.env._("A contract reserved in two ways counts under both, and once in the total.")
        return self._side_by_side(
            self.env._("Reserved contracts"),
            self.env._("Reservation"),
            self._levers("reservation"),
            (self.env._("Reserved contracts"), lambda row: row.is_reserved),
            [note],
        )

    def _vendors(self):
        note = self.env._(
            "A vendor may be several of these: lines do not add up. What it is today counts, for all the years."
        )
        return self._side_by_side(
            self.env._("Vendors"),
            self.env._("Vendor"),
            [
                (self.env._("ESUS-approved company"), is_from_esus),
                (self.env._("Social economy (ESUS included)"), lambda row: row.is_social_economy),
                *(
                    (label, lambda row, kind=kind: row.employer_kind == kind)
                    for kind, label in self.choices("employer_kind")
                ),
            ],
            (self.env._("All vendors"), lambda row: True),
            [note],
        )

    # -- the duty of L2112-2-1 ---------------------------------------------------------------------

    def _duty(self):
        note = self.env._(
            "Contracts whose consultation was launched since 22 August 2026 and whose estimated need reaches the EU "
            "threshold (article L2112-2-1)."
        )
        return self._side_by_side(
            self.env._("Mandatory social condition"),
            self.env._("Contracts at or above the EU threshold"),
            [
                (self.env._("With a social condition"), lambda row: row.obligation == "satisfied"),
                (self.env._("Exempted, with a reason"), lambda row: row.obligation == "exempted"),
                (self.env._("Condition missing"), lambda row: row.obligation == "required"),
            ],
            (self.env._("Contracts that must carry a condition"), lambda row: row.is_concerned),
            [note],
        )

    def _exemptions(self):
        exempted = [row for row in self.spaser.contracts if row.obligation == "exempted"]
        Reason = self.env["clause.insertion.exemption"].with_context(active_test=False)
        reasons = Reason.search([("id", "in", [row.exemption for row in exempted])])
        return self._side_by_side(
            self.env._("Exemptions by reason"),
            self.env._("Reason for no social condition"),
            [
                (reason.name, lambda row, key=reason.id: row.obligation == "exempted" and row.exemption == key)
                for reason in reasons
            ],
            (self.env._("Exempted, with a reason"), lambda row: row.obligation == "exempted"),
        )

    def _contracts_without_condition(self):
        total = sum(self.without_condition.mapped("amount"))
        return Table(
            title=self.env._("Contracts without a condition"),
            headers=(
                self.env._("Contract and vendor"),
                self.env._("Notified on"),
                self.env._("Value (%(currency)s)", currency=self.currency),
                self.env._("Reason for no social condition"),
            ),
            lines=tuple(self._contract_line(row) for row in self.without_condition),
            total=Line(self.env._("Total"), (Cell(None), Cell(total))),
        )

    def _contract_line(self, row):
        reason = self.env._("None: the condition is missing")
        if row.obligation == "exempted":
            reason = f"{row.exemption_id.name} – {row.exemption_note}"
        label = f"{row.contract_name} – {row.partner_id.name or ''}"
        return Line(label, (Cell(self.wizard._write_day(row.notified_on)), Cell(row.amount)), reason)


class ReportClauseInsertionSpaser(models.AbstractModel):
    """The same tables as a spreadsheet."""

    _name = "report.clause_insertion_report.clause_insertion_spaser"
    _inherit = "clause.insertion.document.xlsx"
    _description = "SPASER follow-up as a spreadsheet"
