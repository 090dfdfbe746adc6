import re
from datetime import date

import lxml.html
from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.clause_insertion.tests.common import PortalCase

from ..common import TODAY, FiguresCommon

REPORT = "clause_insertion_report.report_follow_up"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestFollowUp(FiguresCommon, PortalCase):
    """One contract on one sheet, each reader seeing what its rights allow, and nobody any person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        young, older = (cls.env.ref(f"clause_insertion.public_{name}") for name in ("jeune", "rsa"))
        detained = cls.env["clause.insertion.public"].search([("sensitive", "=", True)], limit=1)
        publics = [young] * 6 + [older] * 2 + [detained]
        cls.people = [
            cls._hire(cls.north, lastname=f"Exemple{number}", proof_ids=[(0, 0, {"public_id": public.id})])
            for number, public in enumerate(publics)
        ]
        cls._work(cls.north, dict.fromkeys(cls.people, 20))
        cls._work(cls.north, {cls.people[0]: 35.5}, month="2025-04-01")
        cls.alone = cls._hire(cls.south)
        cls._work(cls.south, {cls.alone: 40})

    def _follow_up(self, user, clause=None):
        return (clause or self.north).with_user(user)._follow_up()

    def _text(self, user, clause=None):
        self._login(user)
        page = self.url_open(f"/report/html/{REPORT}/{(clause or self.north).id}")
        self.assertEqual(page.status_code, 200)
        return lxml.html.fromstring(page.content).text_content()

    def test_months_are_those_of_the_ledger(self):
        """The same hours, counted again from the lines."""
        hours = {}
        for line in self.north.line_ids:
            month = line.date.replace(day=1)
            hours[month] = hours.get(month, 0) + line.unit_amount
        sheet = self._follow_up(self.user_reader)
        self.assertEqual({row.month: row.validated for row in sheet["months"] if row.validated}, hours)
        self.assertEqual(sheet["months"][0].month, date(2025, 1, 1))
        self.assertEqual(sheet["months"][-1].month, date(2026, 3, 1))
        self.assertEqual(sheet["months"][-1].total, self.north.hours_validated)
        self.assertAlmostEqual(sheet["elapsed"], 441 / 716)  # 15 January 2025 to 31 March, to 31 December 2026

    def test_a_month_in_two_states(self):
        late = self._declare(self.north, {self.people[1]: 12}, month="2025-05-01")
        late.with_user(self.user_facilitator).action_refuse("Heures non justifiées")
        self._declare(self.north, {self.people[2]: 8}, month="2025-06-01")
        rows = {row.month: row for row in self._follow_up(self.user_officer)["months"]}
        self.assertEqual((rows[date(2025, 5, 1)].refused, rows[date(2025, 5, 1)].validated), (12, 0))
        self.assertEqual((rows[date(2025, 6, 1)].declared, rows[date(2025, 6, 1)].validated), (8, 0))

    def test_people_are_counts_and_small_groups_are_withheld(self):
        words, [(_title, modes)], _note = self._follow_up(self.user_reader)["people"]
        self.assertEqual(words, "People with validated hours: 9")
        self.assertEqual(dict(modes), {"Hired by the contractor": 9})
        lent = self._hire(self.north, self.relay)
        lent.employment_ids.write({"execution_mode": "provision", "employer_id": self.relay.id})
        self._work(self.north, {lent: 4}, month="2025-07-01")
        _words, [(_title, modes)], _note = self._follow_up(self.user_reader)["people"]
        self.assertEqual(dict(modes), {"Hired by the contractor": None, "Made available by a third party": None})

    def test_four_people_are_not_even_counted(self):
        self.assertEqual(self._follow_up(self.user_reader, self.south)["people"][1:], ([], False))
        self.assertIn("Fewer than 5 people", self._text(self.user_reader, self.south))

    def test_nobody_is_on_the_sheet(self):
        words = [person.name for person in self.people]
        words += [f"{identity.lastname}" for person in self.people for identity in person.identity_ids]
        for user in (self.user_buyer, self.user_reader, self.user_facilitator, self.user_officer):
            text = self._text(user)
            for word in words:
                self.assertNotIn(word, text)

    def test_each_reader_sees_what_its_rights_allow(self):
        self._new_request(self.north)
        for user in (self.user_reader, self.user_facilitator, self.user_officer, self.user_manager):
            sheet = self._follow_up(user)
            self.assertEqual(len(sheet["requests"]), 1)
            self.assertIn(": 9", sheet["people"][0])
            self.assertTrue(sheet["months"])
        buyer = self._follow_up(self.user_buyer)
        for name in ("months", "people", "requests"):
            self.assertIsNone(buyer[name], name)
        self.assertEqual(len(buyer["declarations"]), 2)
        text = self._text(self.user_buyer)
        self.assertIn("215.50", text)  # hours validated, which the clause tells its buyer
        self.assertNotIn("Recruitment requests", text)

    def test_penalties_are_told_to_those_who_may_know(self):
        rule = self.env["clause.insertion.penalty.rule"].create(
            {"name": "Réunion", "failure": "meeting", "shape": "event", "amount": 333}
        )
        self.north.penalty_rule_ids += rule
        values = {"clause_id": self.north.id, "rule_id": rule.id, "date_found": "2026-03-02"}
        penalty = self.env["clause.insertion.penalty"].with_user(self.user_officer).create(values)
        for user in (self.user_buyer, self.user_reader, self.user_officer):
            self.assertEqual(self._follow_up(user)["penalties"], penalty)
            self.assertIn("333.00", self._text(user))
        self.assertFalse(self._follow_up(self.user_facilitator)["penalties"])
        self.assertNotIn("333.00", self._text(self.user_facilitator))

    def test_who_is_refused(self):
        for user in (
            self.user_employee,
            self.user_contractor,
            self.user_portal_relay,
            self.user_other_facilitator,
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._follow_up(user)

    def test_exchanges_are_facts_and_days(self):
        contact = {"clause_id": self.north.id, "partner_id": self.contractor.id, "subject": "Camille va mieux"}
        self.env["clause.insertion.contact"].with_user(self.user_facilitator).create(contact)
        exchanges = self._follow_up(self.user_facilitator)["exchanges"]
        self.assertEqual(exchanges[0][0], date(2026, 3, 31))
        self.assertNotIn("Camille", str(exchanges))
        self.assertEqual(len(exchanges), 5)  # two months declared, two validated, one contact
        self.assertEqual(len(self._follow_up(self.user_officer)["exchanges"]), 4)

    def test_forty_months_break_well(self):
        """The table goes over several pages, each with its headers."""
        with freeze_time("2022-12-01"):
            clause = self._new_running_clause(date_start="2022-12-01", date_end="2026-12-31", place_zip="86000")
        person = self._hire(clause)
        for number in range(40):
            self._work(clause, {person: 10 + number % 7}, month=str(date(2022, 12, 1) + relativedelta(months=number)))
        pages = self._pages(REPORT, clause, self.user_officer)
        self.assertGreaterEqual(len(pages), 3)
        with_months = [text for text in pages if re.search(r" 202\d\s+1\d\.00\s", text)]
        self.assertGreaterEqual(len(with_months), 2)
        self.assertEqual(sum("Validated in all" in text for text in pages), len(with_months))

    def test_the_certificate_is_told(self):
        self.north.with_user(self.user_officer).action_strike_balance()
        self.north.with_user(self.user_officer).action_certify()
        self.assertIn(self.north.certificate_id.code, self._text(self.user_reader))
