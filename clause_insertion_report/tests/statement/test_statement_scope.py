from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import TODAY, FiguresCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestStatementScope(FiguresCommon):
    """The same statement of a relay, under its convention, of a contractor, of a department, of all companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = [cls._hire(cls.north) for _number in range(6)]
        cls._new_employment(cls.people[0], cls.south, "2025-02-01")
        cls._work(cls.north, dict.fromkeys(cls.people, 10))
        cls._work(cls.south, {cls.people[0]: 7})

    def _ask(self, scope, **values):
        statement = self._statement()
        statement.write({"scope": scope, **values})
        return statement

    def _hours(self, statement):
        total = statement._statement().total
        return total.hours_due, total.hours_validated, total.people

    def test_of_each_part(self):
        """A person of two relays is one in the whole, and one in each."""
        self.assertEqual(self._hours(self._ask("company")), (1666, 67, 6))
        self.assertEqual(self._hours(self._ask("facilitator", facilitator_id=self.relay.id)), (833, 60, 6))
        self.assertEqual(self._hours(self._ask("facilitator", facilitator_id=self.other_relay.id)), (833, 7, 1))
        self.assertEqual(self._hours(self._ask("partner", partner_id=self.contractor.id)), (833, 60, 6))
        self.assertEqual(self._hours(self._ask("partner", partner_id=self.relay.id)), (0, 0, 0))

    def test_of_a_department_of_buyers(self):
        """The buyer's department is written on the clause while it is sized, and stays when the buyer moves."""
        schools, roads = self.env["hr.department"].create([{"name": "Schools (fictive)"}, {"name": "Roads (fictive)"}])
        employee = self.env["hr.employee"].create(
            {"name": "A buyer (fictive)", "user_id": self.user_buyer.id, "department_id": schools.id}
        )
        with freeze_time("2025-01-15 08:00:00"):
            clause = self._new_clause(
                self._new_order(user_id=self.user_buyer.id), place_zip="86000", date_end="2026-12-31"
            )
            self.assertEqual(clause.buyer_department_id, schools)
            clause.purchase_order_id.button_confirm()
        self._work(clause, {self._hire(clause): 12})
        employee.department_id = roads
        self.assertEqual(self._hours(self._ask("department", department_id=schools.id)), (833, 12, 1))
        self.assertEqual(self._hours(self._ask("department", department_id=roads.id)), (0, 0, 0))

    def test_of_a_relay_under_its_convention(self):
        convention = self.env["clause.insertion.convention"].create(
            {
                "partner_id": self.relay.id,
                "date_signed": "2025-01-01",
                "date_start": "2025-01-01",
                "date_end": "2025-12-31",
                "hours_objective": 5000,
                "people_objective": 40,
            }
        )
        self.assertEqual(self.north.convention_id, convention)
        statement = self._ask("convention", convention_id=convention.id)
        self.assertEqual(self._hours(statement), (833, 60, 6))
        head = statement._document().head
        self.assertEqual(head[0], convention.display_name)
        self.assertIn("5,000 h, 40 people", head[1])
        rows = self._rows(self._statement()._statement(), "convention")
        self.assertEqual({key: row.hours_validated for key, row in rows.items()}, {str(convention.id): 60, None: 7})

    def test_of_several_companies_and_currencies(self):
        """Hours and people of both; amounts in euros, whatever each company counts in."""
        francs = self.env["res.currency"].with_context(active_test=False).search([("name", "=", "XPF")])
        francs.active = True
        self.env["res.currency.rate"].create({"currency_id": francs.id, "name": "2025-01-01", "rate": 119.33})
        second = self.env["res.company"].create(
            {"name": "A second Region (fictive)", "currency_id": francs.id, "insertion_owner_kind": "commune"}
        )
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": self.env.ref("base.EUR").id,
                    "name": "2025-01-01",
                    "rate": 1 / 119.33,
                    "company_id": second.id,
                },
                {"currency_id": francs.id, "name": "2025-01-01", "rate": 1, "company_id": second.id},
            ]
        )
        for user in (self.user_reader, self.user_facilitator):
            user.company_ids |= second
        clause = self._clause_of(second, 119_330_000)
        self._work(clause, {self._hire(clause, self.relay, company_id=second.id): 5})
        statement = self._ask("companies").with_context(allowed_company_ids=[self.company.id, second.id])
        self.assertEqual(self._hours(statement)[1:], (72, 7))
        found = statement._statement()
        self.assertEqual(
            {key: row.hours_validated for key, row in self._rows(found, "owner").items()},
            {str(self.company.id): 67, str(second.id): 5},
        )
        self.assertEqual({key: row.contracts for key, row in self._rows(found, "contract_size").items()}, {"1m": 3})
        lines = {line.label: line.cells[0].value for line in statement._tables().consolidation[0].lines}
        self.assertEqual((lines["Owners (number)"], lines["Owners: Region (number)"]), (2, 1))
        self.assertEqual(lines["Owners: Commune (number)"], 1)

    def _clause_of(self, company, amount):
        with freeze_time("2025-01-15 08:00:00"):
            order = (
                self.env["purchase.order"]
                .with_company(company)
                .create(
                    {
                        "company_id": company.id,
                        "partner_id": self.contractor.id,
                        "order_line": [
                            (
                                0,
                                0,
                                {"product_id": self.works.id, "product_qty": 1, "price_unit": amount, "tax_ids": False},
                            )
                        ],
                    }
                )
            )
            clause = self._new_clause(order, place_zip="86000", date_end="2026-12-31", facilitator_id=self.relay.id)
            order.button_confirm()
        return clause

    def test_the_national_indicators_are_on_one_sheet(self):
        [table] = self._statement()._tables().consolidation
        lines = {line.label: [cell.value for cell in line.cells] for line in table.lines}
        self.assertEqual(lines["All"], [67, 67 / 1600, 6, 7, 2, 2])
        self.assertEqual(lines["Relays (number)"][0], 2)
        self.assertEqual(lines["Amount of the contract: 1,000,000 € to under 5,000,000 €"][0], 67)
        self.assertEqual(lines["Job family: F Construction, building and public works"][0], 67)
        self.assertEqual(lines["Way of hiring: Hired by the contractor"][0], 67)
        for title in ("Gender", "Age", "Level of education", "Exit"):
            [told] = [cells for label, cells in lines.items() if label.startswith(f"{title}: ")]
            self.assertEqual(told, ["–", "–", 6, "–", "–", "–"], title)
        for title in ("Eligible public", "Kind of prescriber"):
            self.assertFalse(any(label.startswith(f"{title}: ") for label in lines), "the same for all six")

    def test_an_empty_year_is_a_statement_of_zeros(self):
        for scope, values in (
            ("company", {}),
            ("facilitator", {"facilitator_id": self.relay.id}),
            ("companies", {}),
        ):
            statement = self._ask(scope, year=2020, **values)
            self.assertEqual(self._hours(statement), (0, 0, 0))
            titles = {table.title for table in statement._document().tables}
            self.assertLessEqual(titles, {"Summary", "National consolidation", "Sources and definitions"})

    def test_whose_statement_must_be_said(self):
        with self.assertRaises(ValidationError):
            self._ask("facilitator")
        form = Form(self.env["clause.insertion.statement"].with_user(self.user_reader))
        form.scope = "partner"
        self.assertIn("Choose whose statement it is.", form.preview)
        form.partner_id = self.contractor
        self.assertIn(self.contractor.name, form.preview)

    def test_a_prescriber_of_a_sensitive_kind_is_not_told(self):
        prescriber = self._new_company_partner(
            "Protection (fictive)", is_insertion_prescriber=True, insertion_prescriber_kind="SPIP"
        )
        for person in self.people:
            person.prescriber_id = prescriber
        self._work(self.north, {self._hire(self.north): 10 for _number in range(5)}, month="2025-03-01")
        rows = self._rows(self._statement()._statement(), "prescriber_kind")
        self.assertEqual({key: row.people for key, row in rows.items()}, {"OTHER": 6, None: 5})
