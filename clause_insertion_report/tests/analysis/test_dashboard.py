import json

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.clause_insertion.tests.common import PortalCase
from odoo.addons.spreadsheet.utils.validate_data import (
    fields_in_spreadsheet,
    menus_xml_ids_in_spreadsheet,
    odoo_charts,
    odoo_view_links,
)

from ..common import TODAY, FiguresCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDashboard(FiguresCommon, PortalCase):
    """The dashboard names what exists, shows what its readers may see, and counts as plain Python does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref("clause_insertion_report.spreadsheet_dashboard_insertion")
        cls.data = json.loads(cls.dashboard.spreadsheet_data)
        cls._work(cls.north, {cls._hire(cls.north): 120, cls._hire(cls.north): 40})
        cls._work(cls.south, {cls._hire(cls.south): 16})

    def test_all_that_it_names_exists(self):
        named = fields_in_spreadsheet(self.data)
        self.assertEqual(set(named), {"clause.insertion.hours.report", "clause.insertion.clause.report"})
        for model, chains in named.items():
            for chain in chains:
                self.assertIn(chain.split(":")[0], self.env[model]._fields)
        menus = menus_xml_ids_in_spreadsheet(self.data)
        self.assertTrue(menus)
        for menu in menus:
            self.assertTrue(self.env.ref(menu).action)
        for link in odoo_view_links(self.data):
            model = self.env[link["action"]["modelName"]]
            model.search(link["action"]["domain"])
            context = link["action"]["context"]
            wanted = {*context.get("pivot_measures", ()), context.get("graph_measure")} - {None}
            self.assertLessEqual(wanted, set(model._fields))

    def test_filters_reach_every_figure(self):
        filters = {item["id"]: item for item in self.data["globalFilters"]}
        sources = [(pivot["model"], pivot["fieldMatching"]) for pivot in self.data["pivots"].values()]
        sources += [(chart["metaData"]["resModel"], chart["fieldMatching"]) for chart in odoo_charts(self.data)]
        self.assertGreaterEqual(len(sources), 8)
        for model, matching in sources:
            self.assertEqual(set(matching), set(filters))
            for filter_id, match in matching.items():
                field = self.env[model]._fields[match["chain"]]
                self.assertEqual(field.type, match["type"])
                self.assertEqual(field.comodel_name or None, filters[filter_id].get("modelName"))

    def _pivot(self, pivot, user):
        """The rows of a pivot, as its reader's browser asks for them."""
        model = self.env[pivot["model"]].with_user(user)
        measures = [measure["fieldName"] for measure in pivot["measures"]]
        aggregates = [f"{name}:{model._fields[name].aggregator}" for name in measures]
        groups = [row["fieldName"] for row in pivot["rows"]]
        return [
            (row[: len(groups)], dict(zip(measures, row[len(groups) :], strict=True)))
            for row in model._read_group(pivot["domain"], groups, aggregates)
        ]

    def test_key_figures_are_those_of_the_lines(self):
        lines = (self.north | self.south).line_ids
        pivots = {pivot["name"]: pivot for pivot in self.data["pivots"].values()}
        [(_key, done)] = self._pivot(pivots["Hours"], self.user_reader)
        self.assertEqual(done["hours_validated"], sum(lines.mapped("unit_amount")))
        self.assertEqual(done["people"], len(lines.insertion_participant_id))
        self.assertEqual(done["contracts"], 2)
        self.assertAlmostEqual(done["full_time_equivalents"], sum(lines.mapped("unit_amount")) / 1600)
        [(_key, due)] = self._pivot(pivots["Clauses"], self.user_reader)
        clauses = self.env["clause.insertion"].search([("state", "in", ("running", "done", "certified"))])
        self.assertEqual(due["hours_due"], sum(clauses.mapped("hours_due")))
        self.assertAlmostEqual(
            due["progress"], sum(clauses.mapped("hours_validated")) / sum(clauses.mapped("hours_due"))
        )
        by_relay = {
            key[0]: row["hours_validated"] for key, row in self._pivot(pivots["Hours by relay"], self.user_reader)
        }
        self.assertEqual(by_relay, {self.relay: 160, self.other_relay: 16})

    def test_the_base_is_that_of_the_year_of_work_and_of_the_company(self):
        Parameter = self.env["clause.insertion.parameter"]
        Parameter.create({"code": "fte_base", "date_from": "2026-01-01", "value": 1607})
        report = self.env["clause.insertion.hours.report"]
        domain = [("clause_id", "=", self.south.id)]
        self.assertEqual(report._read_group(domain, [], ["full_time_equivalents:sum"]), [(0.01,)])  # 16 / 1600
        Parameter.create({"code": "fte_base", "date_from": "2024-01-01", "value": 800, "company_id": self.company.id})
        self.assertEqual(report._read_group(domain, [], ["full_time_equivalents:sum"]), [(0.02,)])

    def test_fewer_than_five_people_are_withheld(self):
        """A dashboard can be shared: the number must not leave."""
        [data] = [sheet for sheet in self.data["sheets"] if sheet["name"] == "Data"]
        figures = [cell for cell in data["cells"].values() if '"people"' in cell]
        self.assertEqual(len(figures), 2)
        for cell in figures:
            self.assertIn("<5", cell)
        elsewhere = {key: cell for key, cell in self.data["sheets"][0]["cells"].items() if "people" in cell}
        self.assertFalse(elsewhere)

    def test_who_opens_it(self):
        for user, is_shown in (
            (self.user_reader, True),
            (self.user_officer, True),
            (self.user_manager, True),
            (self.user_buyer, False),
            (self.user_employee, False),
            (self.user_facilitator, False),
        ):
            shown = self.env["spreadsheet.dashboard"].with_user(user).search([("id", "=", self.dashboard.id)])
            self.assertEqual(bool(shown), is_shown, user.login)

    def test_it_is_served_to_a_reader_alone(self):
        self._login(self.user_reader)
        answer = self.url_open(f"/spreadsheet/dashboard/data/{self.dashboard.id}")
        self.assertEqual(answer.json()["translation_namespace"], "clause_insertion_report")
        self._login(self.user_buyer)
        with mute_logger("odoo.http"):
            refused = self.url_open(f"/spreadsheet/dashboard/data/{self.dashboard.id}")
        self.assertIn(refused.status_code, (403, 404))
