from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged

from ..common import PASSWORD, InsertionCommon
from .common import HiredPersonCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestMonthGrid(HiredPersonCommon):
    """The month's page when a file has brought what one cell does not hold: everything can be seen and corrected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = str(cls.employment.id)
        cls.declaration = cls._new_declaration(cls.clause)
        cls.month = cls.declaration.with_user(cls.user_contractor)

    def _days(self, *hours, **values):
        lines = self.env["account.analytic.line"]
        for number, amount in enumerate(hours, 1):
            day = {"date": f"2026-09-0{number}", "insertion_is_monthly": False}
            lines |= self._new_line(self.declaration, self.person, amount, **day, **values)
        return lines

    def _row(self, key=None):
        return next(row for row in self.month._month_grid().rows if row.key == (key or self.key))

    def _cell(self, kind="work"):
        return next(cell for cell in self._row().cells if cell.kind == kind)

    def test_days_are_summed(self):
        lines = self._days(7, 7.5)
        self.assertEqual((self._cell().text, self._cell("training").text), ("14,5", ""))
        self.month._month_grid().save({(self.key, "work"): "14,5"})
        self.assertEqual(lines.mapped("unit_amount"), [7, 7.5], "what is left as shown is left")

    def test_hours_are_kept_as_the_page_shows_them(self):
        """To the hundredth: seven hours and twenty minutes are 7.33."""
        lines = self._days(7 + 20 / 60, 7 + 20 / 60)
        self.month._month_grid().save({(self.key, "work"): self._cell().text})
        self.assertEqual(lines.mapped("unit_amount"), [7.33, 7.33])

    def test_another_number_replaces_the_days(self):
        self._days(7, 7.5)
        self.month._month_grid().save({(self.key, "work"): "80"})
        self.assertRecordValues(
            self.declaration.line_ids,
            [
                {
                    "unit_amount": 80,
                    "insertion_is_monthly": True,
                    "date": self.declaration.month.replace(day=30),
                    "insertion_employment_id": self.employment.id,
                }
            ],
        )
        self.month._month_grid().save({(self.key, "work"): ""})
        self.assertFalse(self.declaration.line_ids)

    def test_without_a_work_contract(self):
        stranger = self._new_participant(lastname="Sans-contrat")
        line = self._new_line(self.declaration, stranger, 35)
        key = f"p{stranger.id}"
        self.assertEqual(self._row(key).pseudonym, stranger.name)
        self.assertFalse(self._row(key).person_name, "not employed: a pseudonym alone")
        self.month._month_grid().save({(key, "work"): "30", (key, "training"): "5"})
        self.assertEqual(line.unit_amount, 30)
        self.assertRecordValues(
            self.declaration.line_ids - line,
            [{"unit_amount": 5, "insertion_kind": "training", "insertion_participant_id": stranger.id}],
        )

    def test_days_refused_are_sent_again_or_replaced(self):
        lines = self._days(7, 7.5)
        self.declaration.action_submit()
        lines[0].with_user(self.user_facilitator).action_refuse("Absence")
        self.declaration.with_user(self.user_facilitator).action_validate()
        cell = self._cell()
        self.assertEqual((cell.text, cell.validated, cell.is_locked), ("7", 7.5, False))
        self.assertEqual(self._row().refusals, ["Absence"])
        self.month._month_grid().save({(self.key, "work"): "7"})
        self.assertEqual(lines.mapped("insertion_state"), ["draft", "validated"])
        self.month._month_grid().save({(self.key, "work"): "3"})
        self.assertEqual(lines.mapped("unit_amount"), [3, 7.5], "what the relay has counted stays")

    def test_one_kind_validated_the_other_refused(self):
        work, training = self._days(70), self._days(5, insertion_kind="training")
        self.declaration.action_submit()
        training.with_user(self.user_facilitator).action_refuse("Feuille manquante")
        self.declaration.with_user(self.user_facilitator).action_validate()
        self.assertTrue(self._cell().is_locked)
        self.month._month_grid().save({(self.key, "work"): "1", (self.key, "training"): "4"})
        self.assertEqual((work.unit_amount, training.unit_amount), (70, 4))
        self.assertEqual(training.insertion_state, "draft")

    def test_only_the_contractor_types(self):
        lines = self._days(7)
        for user in (self.user_facilitator, self.user_portal_relay, self.user_officer, self.user_other_contractor):
            with self.assertRaises(AccessError, msg=user.login):
                self.declaration.with_user(user)._month_grid().save({(self.key, "work"): "1"})
        self.assertEqual(lines.unit_amount, 7)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestMonthGridOfMany(InsertionCommon, HttpCase):
    """A month with many people is read and saved in one request, with as many queries as one with few."""

    def _declare_for(self, people):
        clause = self._new_running_clause()
        declaration = self._new_declaration(clause)
        for number in range(people):
            self._new_employment(self._new_participant(lastname=f"Exemple {number}"), clause)
        return declaration, clause.employment_ids.ids

    def _count(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertIn(action().status_code, (200, 303))
        return self.cr.sql_log_count - before

    def _steps(self, declaration, employments):
        """Queries of each step: typed, each changed to another number, all to the same, read, cleared, submitted."""
        token = {"csrf_token": http.Request.csrf_token(self)}

        def save(typed, **more):
            cells = {f"work_{key}": typed(rank) for rank, key in enumerate(employments)}
            return self._count(
                lambda: self.url_open(
                    f"{declaration.access_url}/save", data={**token, **cells, **more}, allow_redirects=False
                )
            )

        return [
            save(lambda rank: f"{rank + 1}"),
            save(lambda rank: f"{rank + 50},5"),
            save(lambda rank: "100"),
            self._count(lambda: self.url_open(declaration.access_url)),
            save(lambda rank: "" if rank else "7"),
            save(lambda rank: "120", submit="1"),
        ]

    def test_as_many_queries_for_40_people_as_for_5(self):
        few, many = self._declare_for(5), self._declare_for(40)
        self.authenticate(self.user_contractor.login, PASSWORD)
        self._steps(*self._declare_for(2))  # warms the caches
        counted = self._steps(*few)
        self.assertGreater(min(counted), 5)
        self.assertEqual(self._steps(*many), counted)
        self.assertEqual(many[0].line_ids.mapped("unit_amount"), [120] * 40)
        self.assertEqual(many[0].state, "submitted")
