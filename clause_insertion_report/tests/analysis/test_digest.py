from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from ..common import TODAY, FiguresCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDigest(FiguresCommon):
    """The figures of the periodic e-mail, as plain Python counts them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._hire(cls.north)
        cls._work(cls.north, {cls.person: 120}, month="2025-02-01")  # validated on 10 March
        cls._work(cls.south, {cls._hire(cls.south): 40}, month="2025-03-01")  # validated on 10 April
        cls.digest = cls.env["digest.digest"].create({"name": "Insertion", "company_id": cls.company.id})

    def _figures(self, user, first, last):
        span = {"start_datetime": datetime.fromisoformat(first), "end_datetime": datetime.fromisoformat(last)}
        digest = self.digest.with_user(user).with_context(**span)
        digest.invalidate_recordset()
        return digest.kpi_insertion_hours_value, digest.kpi_insertion_clauses_value

    def test_hours_count_on_the_day_they_are_validated(self):
        for first, last in (("2025-03-01", "2025-04-01"), ("2025-04-01", "2025-05-01"), ("2025-02-01", "2025-03-01")):
            lines = (self.north | self.south).line_ids.filtered(
                lambda line, first=first, last=last: first <= str(line.insertion_validated_on) < last
            )
            self.assertEqual(self._figures(self.user_reader, first, last)[0], sum(lines.mapped("unit_amount")))
        self.assertEqual(self._figures(self.user_reader, "2025-03-01", "2025-05-01")[0], 160)

    def test_hours_taken_back_leave_the_period_that_took_them(self):
        self._reverse(self.north.line_ids, "2025-06-02 10:00:00")
        self.assertEqual(self._figures(self.user_reader, "2025-06-01", "2025-07-01")[0], -120)

    def test_clauses_that_started(self):
        self.assertEqual(self._figures(self.user_officer, "2025-01-01", "2025-02-01")[1], 2)
        self._started_clause(self.contractor, "86000", date_start="2025-09-09")
        self._new_clause()  # not started
        self.assertEqual(self._figures(self.user_officer, "2025-09-01", "2025-10-01")[1], 1)

    def test_each_relay_has_its_own(self):
        self.assertEqual(self._figures(self.user_facilitator, "2025-03-01", "2025-05-01")[0], 120)

    def test_another_company_has_none(self):
        self.digest.company_id = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        self.user_reader.company_ids |= self.digest.company_id
        self.assertEqual(self._figures(self.user_reader, "2025-01-01", "2026-01-01"), (0, 0))

    def test_who_may_not_read_the_figures_has_none(self):
        span = {"start_datetime": datetime(2025, 1, 1), "end_datetime": datetime(2026, 1, 1)}
        for user in (self.user_buyer, self.user_employee):
            with self.assertRaises(AccessError):
                self.digest.with_user(user).with_context(**span).kpi_insertion_hours_value  # noqa: B018
        self.digest.kpi_insertion_hours = True
        for user, has_it in ((self.user_reader, True), (self.user_employee, False)):
            names = [kpi["kpi_name"] for kpi in self.digest._compute_kpis(self.company, user)]
            self.assertEqual("kpi_insertion_hours" in names, has_it)

    def test_the_mail_leads_to_the_analysis(self):
        self.digest.kpi_insertion_hours = self.digest.kpi_insertion_clauses = True
        for kpi in self.digest._compute_kpis(self.company, self.user_reader):
            self.assertRegex(kpi["kpi_action"], r"^clause_insertion[\w.]+action\?menu_id=\d+$")

    def test_off_until_somebody_asks(self):
        others = self.env["digest.digest"].search([("id", "!=", self.digest.id)])
        self.assertTrue(others)
        self.assertFalse(others.filtered(lambda digest: digest.kpi_insertion_hours or digest.kpi_insertion_clauses))
        user = self._new_user("digest", "base.group_system,clause_insertion.group_clause_insertion_user")
        with Form(self.digest.with_user(user)) as form:
            form.kpi_insertion_hours = True
        self.assertIn("kpi_insertion_hours_value", self.digest.available_fields)
