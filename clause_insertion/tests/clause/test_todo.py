from contextlib import contextmanager
from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...engine.months import due_day
from ...engine.progress import elapsed
from ..common import InsertionCommon


class TodoCommon(InsertionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.todo = cls.env["clause.insertion.todo"]

    @classmethod
    @contextmanager
    def _on(cls, day):
        """What is done that day is written that day, as at the end of a request."""
        with freeze_time(day):
            yield
            cls.env.flush_all()

    def _rows(self, *kinds, user=None, **values):
        self.todo.invalidate_model()
        domain = [(name, "=", value) for name, value in values.items()]
        return self.todo.with_user(user or self.user_officer).search([("kind", "in", kinds), *domain])

    def _declare(self, clause, month, hours=None):
        declaration = self._new_declaration(clause, month, hours)
        declaration.with_user(self.user_contractor).action_submit()
        return declaration


@tagged("post_install", "-at_install")
@freeze_time("2026-11-20")
class TestTodo(TodoCommon):
    """Each thing that waits: found, dated, given to who acts, and gone once done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls._on("2026-08-03"):
            cls.clause = cls._new_running_clause(date_start="2026-08-03", date_end="2027-08-02", hours_typed=100)

    def test_late_since_the_first_silent_month(self):
        late = self._rows("late", clause_id=self.clause.id)
        self.assertRecordValues(
            late,
            [
                {
                    "actor": "contractor",
                    "month": date(2026, 8, 1),
                    "deadline": date(2026, 9, 10),
                    "since": date(2026, 9, 11),
                    "days": 70,
                    "partner_id": self.contractor.id,
                    "facilitator_id": self.relay.id,
                }
            ],
        )
        self.assertEqual(late.month_name, "August 2026")
        self._new_declaration(self.clause, "2026-08-01")
        self.assertEqual(self._rows("late", clause_id=self.clause.id), late, "a draft is not a declaration")
        self._declare(self.clause, "2026-09-01")
        self.assertEqual(self._rows("late", clause_id=self.clause.id).month, date(2026, 10, 1))
        self._declare(self.clause, "2026-10-01")
        self.assertFalse(self._rows("late", clause_id=self.clause.id))

    def test_late_begins_the_day_after_the_due_day(self):
        for code_value in (10, 31):
            self.env["clause.insertion.parameter"].create(
                {"code": "declaration_due_day", "date_from": f"2026-01-{code_value}", "value": code_value}
            )
            due = due_day(date(2026, 8, 1), code_value)
            with freeze_time(due):
                self.assertFalse(self._rows("late", clause_id=self.clause.id))
            with freeze_time(due + timedelta(days=1)):
                late = self._rows("late", clause_id=self.clause.id)
                self.assertEqual((late.since, late.days), (due + timedelta(days=1), 0))

    def test_late_stops_with_the_clause(self):
        self._declare(self.clause, "2026-09-01")
        self.clause.date_end = "2026-09-30"
        self.assertFalse(self._rows("late", clause_id=self.clause.id))
        self.clause.date_end = "2026-10-01"
        self.assertTrue(self._rows("late", clause_id=self.clause.id))

    def test_declaration_to_validate_then_to_correct(self):
        person = self._new_participant()
        self._new_employment(person, self.clause, "2026-08-03")
        with self._on("2026-09-05"):
            declaration = self._declare(self.clause, "2026-08-01", {person: 50})
        self.assertRecordValues(
            self._rows("validate", clause_id=self.clause.id),
            [{"actor": "facilitator", "since": date(2026, 9, 5), "month": date(2026, 8, 1), "days": 76}],
        )
        with self._on("2026-09-08"):
            declaration.with_user(self.user_facilitator).action_refuse("Illisible")
        self.assertFalse(self._rows("validate", clause_id=self.clause.id))
        self.assertRecordValues(
            self._rows("correct", clause_id=self.clause.id),
            [{"actor": "contractor", "since": date(2026, 9, 8), "res_id": declaration.id}],
        )

    def test_behind_is_what_the_engine_says(self):
        """From the first day of the contract to the last, and for any share of the hours done."""
        clause = self._new_running_clause(date_start="2026-08-01", date_end="2026-11-08")  # 100 days
        self._declare(clause, "2026-08-01")
        for realised in (0, 0.1, 0.3, 0.55, 0.8, 1.2):
            clause.sudo().progress = realised
            behind_since = next(
                (
                    day
                    for day in (clause.date_start + timedelta(days=number) for number in range(100))
                    if realised < elapsed(day, clause.date_start, clause.date_end) - 1e-12 - 0.2
                ),
                False,
            )
            self.assertEqual(self._rows("behind", clause_id=clause.id).since, behind_since, realised)

    def test_not_behind_where_nothing_is_due(self):
        clause = self._new_clause(hours_typed=0, labour_share=0)
        clause.write({"date_start": "2026-01-01", "date_end": "2026-06-01"})
        clause.purchase_order_id.button_confirm()
        self.assertEqual(clause.hours_due, 0)
        self.assertFalse(self._rows("behind", clause_id=clause.id))

    def test_recruitment_request_to_answer(self):
        with self._on("2026-11-02"):
            request = (
                self.env["clause.insertion.recruitment"]
                .with_user(self.user_contractor)
                .create({"clause_id": self.clause.id, "job_title": "Peintre", "date_start": "2026-12-01"})
            )
        self.assertRecordValues(
            self._rows("recruitment", clause_id=self.clause.id),
            [{"actor": "facilitator", "since": date(2026, 11, 2), "days": 18, "res_id": request.id}],
        )
        request.action_cancel()
        self.assertFalse(self._rows("recruitment", clause_id=self.clause.id))

    def test_clause_without_a_relay(self):
        self.assertFalse(self._rows("relay", clause_id=self.clause.id))
        with self._on("2026-10-01"):
            alone = self._new_running_clause(facilitator_id=False)
        self.assertRecordValues(
            self._rows("relay", clause_id=alone.id), [{"actor": "officer", "since": date(2026, 10, 1), "days": 50}]
        )
        self._declare(alone, "2026-10-01")
        self.assertEqual(self._rows("validate", clause_id=alone.id).actor, "officer")

    def test_amendment(self):
        with self._on("2026-11-01"):
            self.clause.purchase_order_id.order_line.price_unit = 2_000_000
        self.assertRecordValues(
            self._rows("amendment", clause_id=self.clause.id), [{"actor": "officer", "since": date(2026, 11, 1)}]
        )
        self.clause.action_keep_amendment()
        self.assertFalse(self._rows("amendment", clause_id=self.clause.id))

    def test_balance_of_a_contract_validated_before_its_end(self):
        self.clause.date_end = "2026-11-30"
        with self._on("2026-11-18"):
            self._declare(self.clause, "2026-11-01").with_user(self.user_facilitator).action_validate()
        with self._on("2026-11-30"):
            self.assertFalse(self._rows("balance", clause_id=self.clause.id))
        with self._on("2026-12-01"):
            self.assertEqual(self._rows("balance", clause_id=self.clause.id).since, date(2026, 12, 1))

    def test_balance_then_certificate(self):
        self.clause.date_end = "2026-09-30"
        declaration = self._declare(self.clause, "2026-09-01")
        self.assertFalse(self._rows("balance", clause_id=self.clause.id), "still to validate")
        declaration.with_user(self.user_facilitator).action_validate()
        since = self._rows("balance", clause_id=self.clause.id).since
        self.assertEqual(since, date(2026, 11, 20), "the Region could not strike it before the last validation")
        self.clause.action_strike_balance()
        self.assertFalse(self._rows("balance", "late", "behind", clause_id=self.clause.id))
        self.assertEqual(self._rows("certificate", clause_id=self.clause.id).since, date(2026, 11, 20))
        self.clause.action_certify()
        self.assertFalse(self.todo.search([("clause_id", "=", self.clause.id)]))

    def test_eligibility_and_work_contracts_that_end(self):
        person = self._new_participant()
        self._new_employment(person, self.clause, "2026-08-03", date_end="2026-12-20")
        person.eligibility_end = "2027-01-19"
        for kind, since in (("eligibility", date(2026, 11, 20)), ("employment", date(2026, 11, 20))):
            self.assertRecordValues(
                self._rows(kind, participant_id=person.id), [{"actor": "facilitator", "since": since, "days": 0}]
            )
        with self._on("2026-11-19"):
            self.assertFalse(self._rows("eligibility", "employment", participant_id=person.id))
        with self._on("2027-01-20"):
            self.assertFalse(self._rows("eligibility", "employment", participant_id=person.id))

    def test_a_missing_parameter_finds_nothing(self):
        self.env["clause.insertion.parameter"].search(
            [("code", "in", ("declaration_due_day", "behind_margin"))]
        ).unlink()
        self.assertFalse(self._rows("late", "behind"))

    def test_every_kind_opens_its_record(self):
        person = self._new_participant()
        self._new_employment(person, self.clause, "2026-08-03", date_end="2026-12-01")
        self._declare(self.clause, "2026-08-01")
        rows = self._rows("late", "validate", "employment", "behind")
        self.assertLessEqual({"late", "validate", "employment"}, set(rows.mapped("kind")))
        for row in rows:
            action = row.action_open()
            self.assertTrue(
                self.env[action["res_model"]].with_user(self.user_officer).browse(action["res_id"]).exists()
            )
        self.assertEqual(len(rows.ids), len(set(rows.ids)))

    def test_who_sees_what(self):
        with self._on("2026-08-03"):
            elsewhere = self._new_running_clause(facilitator_id=self.other_relay.id)
        for user in (self.user_reader, self.user_officer, self.user_manager):
            self.assertLessEqual(self.clause | elsewhere, self._rows("late", user=user).clause_id, user.login)
        self.assertIn(self.clause, self._rows("late", user=self.user_facilitator).clause_id)
        self.assertNotIn(elsewhere, self._rows("late", user=self.user_facilitator).clause_id)
        for user in (self.user_buyer, self.user_employee, self.user_contractor, self.user_portal_relay):
            with self.assertRaises(AccessError, msg=user.login):
                self._rows("late", user=user)
        with self.assertRaises(AccessError):
            self._rows("late", user=self.user_manager)[:1].unlink()

    def test_another_company(self):
        other = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        user = self._new_user("elsewhere", "clause_insertion.group_clause_insertion_officer")
        user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self.todo.with_user(user).with_company(other).search([]))

    def test_grouped_by_who_acts(self):
        groups = self.todo.with_user(self.user_officer).formatted_read_group([], ["actor"], ["__count", "days:max"])
        self.assertIn("contractor", [group["actor"] for group in groups])


@tagged("post_install", "-at_install")
@freeze_time("2026-11-20")
class TestNextStep(TodoCommon):
    """The same in words on the clause itself, along its life."""

    def _step(self, clause):
        clause.invalidate_recordset()
        return clause.next_actor, clause.next_action, str(clause.waiting_since)

    def test_along_the_life_of_a_clause(self):
        with self._on("2026-08-03"):
            clause = self._new_clause()
            self.assertEqual(self._step(clause), ("buyer", "Award the contract", "2026-08-03"))
            clause.write({"date_start": "2026-08-03", "date_end": "2026-09-30"})
            clause.purchase_order_id.button_confirm()
            self.assertEqual(self._step(clause), ("contractor", "Declare August 2026", "2026-08-03"))
        self.assertEqual(self._step(clause), ("contractor", "Declare August 2026", "2026-09-11"))
        self.assertEqual(clause.waiting_days, 70)
        with self._on("2026-09-05"):
            august = self._declare(clause, "2026-08-01")
        self.assertEqual(self._step(clause), ("facilitator", "Validate August 2026", "2026-09-05"))
        with self._on("2026-09-06"):
            august.with_user(self.user_facilitator).action_refuse("Illisible")
        self.assertEqual(self._step(clause), ("contractor", "Correct August 2026", "2026-09-06"))
        with self._on("2026-10-07"):
            august.with_user(self.user_contractor).action_submit()
            (august | self._declare(clause, "2026-09-01")).with_user(self.user_facilitator).action_validate()
        self.assertEqual(self._step(clause), ("officer", "Strike the balance", "2026-10-07"))
        clause.action_strike_balance()
        self.assertEqual(self._step(clause), ("officer", "Deliver the certificate", "2026-11-20"))
        clause.action_certify()
        self.assertEqual(self._step(clause)[:2], (False, False))
        self.assertEqual(clause.waiting_days, 0)

    def test_the_list_and_the_clause_name_the_same_actor(self):
        with self._on("2026-08-03"):
            clauses = self.env["clause.insertion"]
            for values in ({}, {"facilitator_id": False}, {"date_end": "2026-08-31"}):
                clauses |= self._new_running_clause(**{"date_start": "2026-08-03", "date_end": "2028-08-02", **values})
        self._declare(clauses[1], "2026-08-01")
        self._declare(clauses[2], "2026-08-01").with_user(self.user_facilitator).action_validate()
        for clause, kind in zip(clauses, ("late", "validate", "balance"), strict=True):
            self.assertEqual(self._rows(kind, clause_id=clause.id).actor, clause.next_actor, kind)

    def test_days_left(self):
        clause = self._new_running_clause(date_start="2026-08-03", date_end="2026-11-20")
        self.assertEqual(clause.days_left, 1, "today is the last")
        clause.date_end = "2026-11-19"
        self.assertEqual(clause.days_left, 0)
