import io

from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.clause_insertion.tests.common import PortalCase

from ...engine.spaser import EMPLOYERS, has_lever, is_from_employer, is_from_esus, is_social
from ..analysis.purchases_common import TODAY, PurchasesCommon

XLSX = "clause_insertion_report.clause_insertion_spaser"
PDF = "clause_insertion_report.report_spaser"


class SpaserCommon(PurchasesCommon):
    """A company of its own, so that nothing but these purchases counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._new_buyer("Région du Seuil (fictive)")
        cls.user_reader.write({"company_ids": [Command.link(cls.buyer.id)]})
        cls.purchases = cls._buy()

    @classmethod
    def _new_buyer(cls, name, **values):
        return cls.env["res.company"].create(
            {
                "name": name,
                "zip": "86000",
                "insertion_obligation_policy": "off",
                "currency_id": cls.env.ref("base.EUR").id,
            }
            | values
        )

    @classmethod
    def _buy(cls):
        """Two years of purchases, of every kind that is counted."""
        works = {"insertion_category": "works", "company_id": cls.buyer.id}
        supplies = {"company_id": cls.buyer.id}
        no_link = {
            "insertion_exemption_id": cls.env.ref("clause_insertion.exemption_no_link").id,
            "insertion_exemption_note": "Achat de véhicules sur catalogue",
        }
        agreement = cls._agree("2025-11-03", 1_000_000, ["execution"], **works)
        return [
            cls._notify("2025-02-03", 300_000, **supplies),
            cls._notify("2025-03-03", 120_000.50, partner=cls.esus, **supplies),
            cls._notify("2025-04-03", 2_000_000, ["execution", "criterion"], **works),
            cls._notify("2025-05-05", 80_000, ["reserved_inclusion"], partner=cls.workshop, **supplies),
            agreement,
            cls._notify("2025-12-01", 400_000, requisition_id=agreement.id, **works),
            cls._notify("2026-01-15", 250_000, requisition_id=agreement.id, **works),
            cls._notify("2026-02-03", 90_000, **supplies),
            cls._notify("2026-09-01", 480_000, **supplies),
            cls._notify("2026-09-02", 900_000, **no_link, **supplies),
            cls._notify("2026-09-03", 520_000, ["reserved_adapted", "criterion"], **supplies),
        ]

    def _ask(self, year_from=2025, year_to=2026, user=None, company=None):
        wizard = self.env["clause.insertion.spaser"].with_user(user or self.user_reader)
        company = company or self.buyer
        wizard = wizard.with_context(tz="Europe/Paris", allowed_company_ids=company.ids)
        return wizard.create({"year_from": year_from, "year_to": year_to, "company_id": company.id})

    def _table(self, wizard, title):
        [table] = [table for table in wizard._document().tables if table.title == title]
        return {line.label: [cell.value for cell in line.cells] for line in [*table.lines, table.total] if line}


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSpaser(SpaserCommon):
    """Two years of purchases of one buyer, asked for by somebody who reads figures."""

    # -- the oracle: the same purchases, counted by hand in plain Python -------------------------------

    def _facts(self):
        """``(year, value, levers, vendor, purchase)`` of each contract, read from the purchases themselves."""
        orders = self.env["purchase.order"].search([("company_id", "=", self.buyer.id), ("state", "=", "purchase")])
        for order in orders:
            if order.requisition_id.requisition_type != "blanket_order":
                yield order.date_approve.year, order.amount_untaxed, self._levers(order), order.partner_id, order
        agreements = self.env["purchase.requisition"].search(
            [("company_id", "=", self.buyer.id), ("state", "in", ("confirmed", "done"))]
        )
        for agreement in agreements:
            value = sum(line.product_qty * line.price_unit for line in agreement.line_ids)
            yield agreement.insertion_notified_on.year, value, self._levers(agreement), agreement.vendor_id, agreement

    def _levers(self, purchase):
        return set(purchase.clause_insertion_ids.filtered(lambda clause: clause.state != "cancelled").mapped("lever"))

    def _count(self, year, wanted):
        """``(number, value)`` of the contracts of a year (all if None) that are wanted."""
        values = [fact[1] for fact in self._facts() if year in (None, fact[0]) and wanted(*fact[2:])]
        return len(values), sum(values)

    def test_every_indicator_is_what_is_counted_by_hand(self):
        spaser = self._ask()._spaser()
        siae = {kind for kinds in EMPLOYERS.values() for kind in kinds}
        cases = {
            "all": (lambda row: True, lambda levers, vendor, purchase: True),
            "social": (is_social, lambda levers, vendor, purchase: levers),
            "reserved": (
                lambda row: row.is_reserved,
                lambda levers, vendor, purchase: any("reserved" in lever for lever in levers),
            ),
            "esus": (is_from_esus, lambda levers, vendor, purchase: vendor == self.esus),
            "employers": (
                is_from_employer,
                lambda levers, vendor, purchase: vendor.insertion_siae_kind in siae,
            ),
            "works": (
                lambda row: row.category == "works",
                lambda levers, vendor, purchase: purchase.insertion_category == "works",
            ),
            "criterion": (has_lever("criterion"), lambda levers, vendor, purchase: "criterion" in levers),
            "concerned": (
                lambda row: row.is_concerned,
                lambda levers, vendor, purchase: purchase.insertion_obligation != "not_concerned",
            ),
            "missing": (
                lambda row: row.obligation == "required",
                lambda levers, vendor, purchase: purchase.insertion_obligation == "required",
            ),
        }
        for name, (in_engine, by_hand) in cases.items():
            for year in (2025, 2026, None):
                with self.subTest(indicator=name, year=year):
                    number, value = self._count(year, by_hand)
                    figure = spaser.figure(year, in_engine)
                    self.assertEqual(figure.number, number)
                    self.assertAlmostEqual(figure.amount, value, places=2)

    def test_the_pivot_says_what_the_document_says(self):
        """The SQL sums and the engine's are the same."""
        spaser = self._ask()._spaser()
        rows = self.report.with_context(tz="Europe/Paris")._read_group(
            [("company_id", "=", self.buyer.id)],
            ["notified_on:year"],
            ["contracts:sum", "amount:sum", "social_contracts:sum", "share_of_contracts:avg", "share_of_value:avg"],
        )
        self.assertEqual([row[0].year for row in rows], [2025, 2026])
        for first_day, number, amount, social, share, share_of_value in rows:
            year = first_day.year
            self.assertEqual((spaser.figure(year).number, spaser.figure(year).amount), (number, amount))
            self.assertEqual(spaser.figure(year, is_social).number, social)
            self.assertAlmostEqual(spaser.social_share(year), share)
            self.assertAlmostEqual(spaser.share_of_value(year, is_social), share_of_value)

    # -- what the document says ------------------------------------------------------------------------

    def test_indicators(self):
        """2025: five contracts, three with a provision; 2026: four and one; the agreement's orders in neither."""
        indicators = self._table(self._ask(), "Indicators")
        self.assertEqual(indicators["Contracts notified"], [5, 4, 9])
        self.assertEqual(indicators["Contracts notified: value (€)"], [3_500_000.5, 1_990_000, 5_490_000.5])
        self.assertEqual(indicators["Contracts with a social provision"], [3, 1, 4])
        self.assertEqual(indicators["Share of contracts with a social provision"], [0.6, 0.25, 4 / 9])
        self.assertEqual(indicators["Target"], [0.3, 0.3, 0.3])
        self.assertAlmostEqual(indicators["Distance to the target (points)"][1], -5)
        self.assertAlmostEqual(
            indicators["Share of value from ESUS-approved companies"][2], 120_000.5 / 5_490_000.5, places=6
        )
        self.assertAlmostEqual(
            indicators["Share of value from inclusion and adapted employers"][0], 80_000 / 3_500_000.5, places=6
        )
        vendors = self._table(self._ask(), "Vendors")
        self.assertEqual(vendors["ESUS-approved company"], [1, 120_000.5, 0, 0, 1, 120_000.5])
        self.assertEqual(vendors["Inclusion employer (SIAE, GEIQ)"], [1, 80_000, 0, 0, 1, 80_000])

    def test_levers_do_not_add_up_and_the_table_says_so(self):
        wizard = self._ask()
        levers = self._table(wizard, "By lever")
        total = levers.pop("Contracts with a social provision")
        self.assertEqual(total[::2], [3, 1, 4])
        self.assertEqual([sum(line[column] for line in levers.values()) for column in (0, 2, 4)], [4, 2, 6])
        [table] = [table for table in wizard._document().tables if table.title == "By lever"]
        self.assertIn("neither contracts nor values add up", table.notes[0])

    def test_by_category_and_year(self):
        rows = self._table(self._ask(), "By category and year")
        self.assertEqual(rows["Works, 2025"][:6], [2, 2, 0, 1, 3_000_000, 3_000_000])
        self.assertEqual(rows["Works, 2026"], [0, 0, 0, None, 0, 0, None])
        self.assertEqual(rows["All categories, 2025-2026"][:3], [9, 4, 5])
        self.assertNotIn("Concession, 2025", rows)

    def test_the_duty_its_exemptions_and_what_is_missing(self):
        wizard = self._ask()
        self.assertEqual(
            {label: line[2] for label, line in self._table(wizard, "Mandatory social condition").items()},
            {
                "With a social condition": 1,
                "Exempted, with a reason": 1,
                "Condition missing": 1,
                "Contracts that must carry a condition": 3,
            },
        )
        reasons = self._table(wizard, "Exemptions by reason")
        self.assertEqual(reasons["No sufficient link with the contract's object"][2:4], [1, 900_000])
        [table] = [table for table in wizard._document().tables if table.title == "Contracts without a condition"]
        missing, exempted = self.purchases[8], self.purchases[9]
        self.assertEqual(
            [(line.label.split(" – ")[0], line.cells[1].value) for line in table.lines],
            [(missing.name, 480_000), (exempted.name, 900_000)],
        )
        self.assertIn("Achat de véhicules sur catalogue", table.lines[1].text)

    def test_a_year_that_is_not_over_says_so(self):
        self.assertEqual(self._ask()._document().warning, "2026 is not over: contracts up to 11/20/2026")
        self.assertEqual(self._ask(2025, 2025)._document().warning, "")

    def test_empty_years_have_no_share(self):
        indicators = self._table(self._ask(2021, 2021), "Indicators")
        self.assertEqual(indicators["Contracts notified"], [0])
        self.assertEqual(indicators["Share of contracts with a social provision"], [None])
        self.assertEqual(indicators["Target"], [0.25])
        self.assertEqual(indicators["Distance to the target (points)"], [None])

    def test_a_company_may_have_a_target_of_its_own(self):
        self.env["clause.insertion.parameter"].create(
            {
                "code": "social_share_target",
                "date_from": "2026-01-01",
                "value": 0.5,
                "company_id": self.buyer.id,
                "source": "SPASER 2026-2028",
            }
        )
        [table, *_others] = self._ask()._document().tables
        [target] = [line for line in table.lines if line.label == "Target"]
        self.assertEqual([cell.value for cell in target.cells], [0.3, 0.5, 0.5])
        self.assertEqual(target.text, "SPASER 2026-2028")

    def test_another_company_and_currency_do_not_mix(self):
        pound = self.setup_other_currency("GBP", rates=[("2025-01-01", 0.8)])
        abroad = self._new_buyer("Elsewhere (fictive)", currency_id=pound.id)
        self._notify("2025-03-10", 50_000, ["execution"], company_id=abroad.id, currency_id=pound.id)
        self.assertEqual(self._table(self._ask(), "Indicators")["Contracts notified"], [5, 4, 9])
        self.user_reader.company_ids |= abroad
        indicators = self._table(self._ask(company=abroad), "Indicators")
        self.assertEqual(indicators["Contracts notified: value (£)"], [50_000, 0, 50_000])

    def test_as_many_queries_for_any_number_of_contracts(self):
        def queries():
            wizard = self._ask()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard._document()
            return self.env.cr.sql_log_count - before

        queries()  # whatever is read once and kept
        few = queries()
        for number in range(5):
            vendor = self._new_company_partner(f"Vendor {number} (fictive)")
            self._notify("2026-09-10", 500_000, partner=vendor, company_id=self.buyer.id)
        self.assertEqual(queries(), few)

    # -- what is refused -------------------------------------------------------------------------------

    def test_years_that_make_no_sense(self):
        for years in ((2026, 2025), (2025, 2027), (1800, 2026), (2019, 2026)):
            with self.subTest(years=years), self.assertRaises(ValidationError):
                self._ask(*years)

    def test_who_may_ask(self):
        asked = self._ask()
        roles = (
            self.user_buyer,
            self.user_facilitator,
            self.user_employee,
            self.user_contractor,
            self.user_portal_relay,
        )
        for user in roles:
            user.company_ids |= self.buyer
            for door in (
                lambda user=user: self._ask(user=user),
                lambda user=user: asked.with_user(user).preview,
                lambda user=user: asked.with_user(user)._document(),
                lambda user=user: asked.with_user(user).read(["preview"]),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    door()

    def test_another_company_is_refused(self):
        self.user_reader.company_ids -= self.buyer
        with self.assertRaises(AccessError):
            self.env["clause.insertion.spaser"].with_user(self.user_reader).create({"company_id": self.buyer.id})

    def test_a_question_is_its_users_own(self):
        asked = self._ask()
        self.user_officer.company_ids |= self.buyer
        self.assertFalse(self.env["clause.insertion.spaser"].with_user(self.user_officer).search([]) & asked)

    # -- the same on screen and in the spreadsheet -----------------------------------------------------

    def test_the_spreadsheet_says_what_the_screen_says(self):
        wizard = self._ask()
        content, _kind = wizard.env["ir.actions.report"]._render_xlsx(XLSX, wizard.ids, {})
        workbook = load_workbook(io.BytesIO(content))
        tables = wizard._document().tables
        self.assertEqual(workbook.sheetnames, [table.title for table in tables])
        for table in tables:
            self.assertIn(table.title, wizard.preview)
            cells = {row[0].value: [cell.value for cell in row[1:]] for row in workbook[table.title].iter_rows()}
            for line in table.lines:
                for written, cell in zip(cells[line.label], line.cells, strict=False):
                    if isinstance(cell.value, float):
                        self.assertAlmostEqual(written, cell.value, places=9)
                    else:
                        self.assertEqual(written, cell.value)
        sheet = workbook["Indicators"]
        formats = {row[0].value: row[1].number_format for row in sheet.iter_rows()}
        self.assertEqual(formats["Share of contracts with a social provision"], "0.0%")
        self.assertEqual(formats["Contracts notified: value (€)"], "#,##0")
        self.assertTrue(sheet.freeze_panes)


@tagged("post_install", "-at_install")
class TestSpaserDownload(SpaserCommon, PortalCase):
    """From the button to the file, as the browser asks for it."""

    def test_the_spreadsheet_and_the_pdf(self):
        with freeze_time(TODAY):
            wizard = self._ask()
        self.assertEqual(wizard.action_download()["report_name"], XLSX)
        self.assertEqual(wizard.action_print()["report_name"], PDF)
        self._login(self.user_reader)
        response = self._download_xlsx(XLSX, wizard, allowed_company_ids=self.buyer.ids)
        self.assertIn("suivi-spaser-2025-2026.xlsx", response.headers["Content-Disposition"])
        self.assertGreater(len(self._pages(PDF, wizard, self.user_reader)), 1)

    def test_a_facilitator_cannot_take_it(self):
        with freeze_time(TODAY):
            wizard = self._ask()
        self._login(self.user_facilitator)
        with mute_logger("odoo.addons.report_xlsx.controllers.main"):
            response = self._download_xlsx(XLSX, wizard, allowed_company_ids=self.buyer.ids)
        self.assertNotIn("Content-Disposition", response.headers)
