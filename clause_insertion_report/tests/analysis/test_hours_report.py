from odoo.tests import freeze_time, tagged

from odoo.addons.clause_insertion.engine.eligibility import age_band

from ..common import TODAY, FiguresCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHoursReport(FiguresCommon):
    """Hours of one person at a time, in each state: what the analysis of hours says of each line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env["clause.insertion.hours.report"]

    def _row(self, line):
        return self.report.browse(line.id)

    def test_a_row_says_all_that_is_known_of_the_hour(self):
        person = self._hire(self.north, gender="female", birth_year=1999)
        declaration = self._work(self.north, {person: 120})
        self.assertRecordValues(
            self._row(declaration.line_ids),
            [
                {
                    "clause_id": self.north.id,
                    "contract_name": self.north.purchase_order_id.name,
                    "partner_id": self.contractor.id,
                    "facilitator_id": self.relay.id,
                    "territory_id": self.vienne.id,
                    "department_id": self.vienne.id,
                    "region_id": self.vienne.parent_id.id,
                    "lever": "execution",
                    "trade_id": self.masonry.id,
                    "participant_id": person.id,
                    "gender": "female",
                    "age_band": "26_49",
                    "employment_id": person.employment_ids.id,
                    "employer_id": self.contractor.id,
                    "execution_mode": "direct",
                    "contract_type": "FIXED_TERM",
                    "kind": "work",
                    "state": "validated",
                    "hours": 120,
                    "hours_declared": 120,
                    "hours_validated": 120,
                    "company_id": self.company.id,
                }
            ],
        )

    def test_a_smaller_territory_lies_in_its_department_and_region(self):
        town = self.env["clause.insertion.territory"].create(
            {"code": "200069854", "name": "Communauté urbaine (fictive)", "kind": "epci", "parent_id": self.vienne.id}
        )
        self.north.territory_id = town
        declaration = self._work(self.north, {self._hire(self.north): 10})
        row = self._row(declaration.line_ids)
        self.assertEqual(row.territory_id, town)
        self.assertEqual(row.department_id, self.vienne)
        self.assertEqual(row.region_id, self.vienne.parent_id)

    def test_nothing_written_is_missed_without_a_flush(self):
        """Freshness: what the ORM has not yet sent to the database is in the figures."""
        person = self._hire(self.north, gender="female", birth_year=1990)
        declaration = self._declare(self.north, {person: 7})
        self.assertEqual(self._sum("hours_declared:sum"), 7)
        with freeze_time("2025-03-06 10:00:00"):
            declaration.sudo().line_ids.write({"unit_amount": 9})
            self.assertEqual(self._sum("hours_declared:sum"), 9)
        person.birth_year = 1960
        person.gender = "male"
        person.employment_ids.contract_type = "TEMPORARY"
        self.north.lot = "1"
        self.assertRecordValues(
            self._row(declaration.line_ids), [{"age_band": "50_plus", "gender": "male", "contract_type": "TEMPORARY"}]
        )
        self._validate(declaration)
        self.assertEqual(self._sum("hours_validated:sum"), 9)

    def _sum(self, aggregate, domain=()):
        return self.report._read_group(list(domain), [], [aggregate])[0][0]

    def test_age_is_the_one_reached_in_the_year_of_work(self):
        """The query and the engine give the same band, at the limits too."""
        years = (0, 1975, 1976, 1977, 1998, 1999, 2000, 2001)
        people = {year: self._hire(self.north, birth_year=year) for year in years}
        for work_year in (2025, 2026):
            declaration = self._declare(
                self.north,
                dict.fromkeys(people.values(), 1),
                month=f"{work_year}-02-01",
                on="2026-03-05 10:00:00",
            )
            bands = {row.participant_id.birth_year: row.age_band for row in self._row_of(declaration)}
            self.assertEqual(bands, {year: age_band(year, work_year) for year in years})

    def _row_of(self, declaration):
        return self.report.browse(declaration.line_ids.ids)

    def test_people_and_contracts_are_counted_once_in_each_group_and_in_the_total(self):
        """One person under two clauses of two relays: one in all, one in each."""
        person = self._hire(self.north)
        self._new_employment(person, self.south, "2025-01-20")
        self._work(self.north, {person: 40})
        self._work(self.north, {person: 30}, month="2025-03-01")
        self._work(self.south, {person: 20})
        measures = ["hours_validated:sum", "people:count_distinct", "contracts:count_distinct"]
        by_relay = self.report._read_group([], ["facilitator_id"], measures)
        self.assertCountEqual(by_relay, [(self.relay, 70, 1, 1), (self.other_relay, 20, 1, 1)])
        self.assertEqual(self.report._read_group([], [], measures), [(90, 1, 2)])

    def test_what_was_not_validated_or_was_taken_back_counts_nobody(self):
        waiting, reversed_, standing = (self._hire(self.north) for _number in range(3))
        self._work(self.north, {reversed_: 50, standing: 10})
        self._reverse(reversed_.employment_ids and self._lines(reversed_), "2025-05-02 10:00:00")
        self._declare(self.north, {waiting: 60}, month="2025-03-01")
        self.assertEqual(self._sum("people:count_distinct"), 1)
        self.assertEqual(self._sum("hours_validated:sum"), 10)
        self.assertEqual(self._sum("hours_declared:sum"), 70)
        self.assertEqual(self._sum("people:count_distinct", [("participant_id", "=", reversed_.id)]), 0)

    def _lines(self, person):
        return self.env["account.analytic.line"].search([("insertion_participant_id", "=", person.id)])

    def test_several_publics_and_clauses_of_a_work_contract_do_not_multiply_hours(self):
        person = self._hire(self.north)
        person.public_ids = self.env.ref("clause_insertion.public_jeune") | self.env.ref("clause_insertion.public_rsa")
        person.employment_ids.clause_ids |= self.south
        self._work(self.north, {person: 33})
        self.assertEqual(self.report.search_count([]), 1)
        self.assertEqual(self._sum("hours:sum"), 33)

    def test_other_timesheets_are_not_insertion_hours(self):
        self.env["account.analytic.line"].create(
            {
                "name": "Meeting",
                "project_id": self.company._insertion_project().id,
                "employee_id": self.company._insertion_employee().id,
                "unit_amount": 3,
            }
        )
        self.assertFalse(self.report.search_count([]))

    def test_the_screens_load_and_read(self):
        self._work(self.north, {self._hire(self.north): 12})
        report = self.report.with_user(self.user_reader)
        views = report.get_views([(False, kind) for kind in ("pivot", "graph", "list", "search")])["views"]
        self.assertEqual(set(views), {"pivot", "graph", "list", "search"})
        totals, by_relay = report.formatted_read_grouping_sets(
            [("state", "=", "validated")],
            [[], ["facilitator_id", "date:year"]],
            ["hours_validated:sum", "people:count_distinct"],
        )
        self.assertEqual(totals[0]["hours_validated:sum"], 12)
        self.assertEqual(by_relay[0]["people:count_distinct"], 1)
        rows = report.web_search_read([], {"participant_id": {"fields": {"display_name": {}}}, "hours": {}})["records"]
        self.assertRegex(rows[0]["participant_id"]["display_name"], r"^P-\d{6}$")
        action = report.search([]).action_open_clause()
        self.assertEqual((action["res_model"], action["res_id"]), ("clause.insertion", self.north.id))
