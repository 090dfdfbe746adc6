from contextlib import contextmanager
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import freeze_time, tagged

from ...engine.next_step import RANKS, Step, balance_on, behind_on, coming, due_on, first, month_to_declare
from .test_todo import TodoCommon

MONTHS = [date(2026 + number // 12, number % 12 + 1, 1) for number in range(18)]
STATES = ("draft", "submitted", "refused", "validated")


@st.composite
def histories(draw):
    """A contract, months declared in any order and left in any state, and the day on which somebody looks."""
    start = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 200)))
    end = draw(st.none() | st.integers(0, 400).map(lambda days: start + timedelta(days=days)))
    today = date(2026, 6, 1) + timedelta(days=draw(st.integers(0, 365)))
    past = [month for month in MONTHS if month <= today]
    months = draw(st.lists(st.sampled_from(past), max_size=6, unique=True))
    declared = [
        (month, draw(st.sampled_from(STATES)), max(month, today - timedelta(days=draw(st.integers(0, 60)))))
        for month in months
    ]
    return {
        "start": start,
        "end": end,
        "today": today,
        "declared": declared,
        "progress": draw(st.sampled_from((0, 0.25, 0.8, 1.1))),
        "has_relay": draw(st.booleans()),
        "due_day": draw(st.sampled_from((5, 10, 31))),
        "margin": draw(st.sampled_from((0, 0.2))),
    }


@tagged("post_install", "-at_install")
class TestOneAnswer(TodoCommon):
    """Whatever was declared: the list, the clause and the engine say the same, with the same number of days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls._on("2026-01-02"):
            cls.clause = cls._new_running_clause(date_start="2026-01-02")
        cls.due_day = cls.env.ref("clause_insertion.parameter_declaration_due_day")
        cls.margin = cls.env.ref("clause_insertion.parameter_behind_margin")

    @contextmanager
    def _undone(self):
        with self.cr.savepoint() as savepoint:
            yield
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(histories())
    def test_list_clause_and_engine(self, history):
        with self._undone(), freeze_time(history["today"]):
            declarations = self._live(history)
            expected = self._by_the_engine(history, declarations)
            self.env.flush_all()
            self.env.invalidate_all()
            rows = self.todo.with_user(self.user_officer).search([("clause_id", "=", self.clause.id)])
            listed = [Step(row.kind, row.actor, row.since, row.month or None, row.res_id) for row in rows]
            self.assertCountEqual(listed, expected)
            self._check_clause(history, dict(zip(listed, rows.mapped("days"), strict=True)))

    def _live(self, history):
        self.due_day.value, self.margin.value = history["due_day"], history["margin"]
        self.clause.write(
            {
                "date_start": history["start"],
                "date_end": history["end"],
                "facilitator_id": self.relay.id if history["has_relay"] else False,
            }
        )
        declarations = {}
        for month, state, day in history["declared"]:
            with freeze_time(day):
                declarations[month] = self._new_declaration(self.clause, month)
                declarations[month].sudo().state = state
                self.env.flush_all()
        self.clause.sudo().progress = history["progress"]
        return declarations

    def _by_the_engine(self, history, declarations):
        """All that waits, from facts alone."""
        today, start, end, declared = (history[name] for name in ("today", "start", "end", "declared"))
        relay = "facilitator" if history["has_relay"] else "officer"
        actors = {"submitted": ("validate", relay), "refused": ("correct", "contractor")}
        waiting = [
            Step(*actors[state], day, month, declarations[month].id)
            for month, state, day in declared
            if state in actors
        ]
        closed = [(month, state, day) for month, state, day in declared if state != "draft"]
        month = month_to_declare(start, end, max((month for month, _state, _day in closed), default=None))
        due = due_on(month, [(date(2000, 1, 1), history["due_day"])])
        if due and due < today:
            waiting.append(Step("late", "contractor", due + timedelta(days=1), month, self.clause.id))
        if not month and {state for _month, state, _day in closed} == {"validated"}:
            since = balance_on(end, max(day for _month, _state, day in closed))
            waiting += [Step("balance", "officer", since, None, self.clause.id)] if since <= today else []
        if not history["has_relay"]:
            waiting.append(Step("relay", "officer", date(2026, 1, 2), None, self.clause.id))
        behind = behind_on(start, end, history["progress"], [(date(2000, 1, 1), history["margin"])])
        if behind and behind <= today:
            waiting.append(Step("behind", "officer", behind, None, self.clause.id))
        return waiting

    def _check_clause(self, history, days):
        """The clause shows the first of them, with its days; else what is coming, for which nobody waits."""
        clause = self.clause.with_user(self.user_officer)
        waits = first(days)
        step = waits or coming(
            "running", date(2026, 1, 2), history["start"], clause.month_to_declare or None, history["today"]
        )
        self.assertEqual((clause.next_actor, clause.waiting_since or None), (step.actor, step.since))
        self.assertEqual(clause.waiting_days, days.get(waits, 0))


@tagged("post_install", "-at_install")
@freeze_time("2026-11-20")
class TestFirstOfWhatWaits(TodoCommon):
    """Several things wait on one clause: what its reader is told, and what it costs to know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls._on("2026-09-01"):
            cls.clause = cls._new_running_clause(date_start="2026-09-01", date_end="2028-08-31")

    def _step(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        clause = self.clause.with_user(user)
        return clause.next_actor, clause.next_action, str(clause.waiting_since), clause.waiting_days

    def _declare_all(self):
        """Nothing is late: the months until October are validated."""
        with self._on("2026-11-02"):
            self._declare(self.clause, "2026-10-01").with_user(self.user_facilitator).action_validate()

    def test_what_waits_comes_before_what_is_coming(self):
        self._declare_all()
        self.assertEqual(self._step(self.user_officer), ("contractor", "Declare November 2026", "2026-11-01", 0))
        self.clause.date_end = "2026-12-31"  # 81 days of 122 have passed, nothing is done
        self.assertEqual(self._step(self.user_officer), ("officer", "Clause behind schedule", "2026-09-25", 56))
        self.clause.facilitator_id = False
        self.assertEqual(self._step(self.user_officer)[:2], ("officer", "Clause without a relay"))
        with self._on("2026-11-10"):
            self._new_request(self.clause)
        self.assertEqual(self._step(self.user_officer), ("officer", "Recruitment request to answer", "2026-11-10", 10))

    def test_a_month_that_has_not_begun_is_waited_for_by_nobody(self):
        self._declare(self.clause, "2026-11-01").with_user(self.user_facilitator).action_validate()
        self.assertEqual(self._step(self.user_officer), ("contractor", "Declare December 2026", "False", 0))

    def test_of_two_months_the_older_comes_first(self):
        with self._on("2026-11-03"):
            self._declare(self.clause, "2026-10-01")
        with self._on("2026-11-05"):
            self._declare(self.clause, "2026-09-01")
        self.assertEqual(self._step(self.user_officer), ("facilitator", "Validate September 2026", "2026-11-05", 15))

    def test_told_to_whoever_may_read_the_clause(self):
        """Buyers and the portal read no list; of a request or a penalty, who may not read it is told nothing."""
        everyone = (self.user_buyer, self.user_contractor, self.user_portal_relay, self.user_facilitator)
        for user in everyone:
            self.assertEqual(self._step(user), ("contractor", "Declare September 2026", "2026-10-11", 40), user.login)
        self._declare_all()
        self._new_request(self.clause)
        for user in (self.user_contractor, self.user_portal_relay, self.user_facilitator):
            self.assertEqual(self._step(user)[:2], ("facilitator", "Recruitment request to answer"), user.login)
        self.assertEqual(self._step(self.user_buyer)[:2], ("contractor", "Declare November 2026"))

    def test_as_many_queries_for_80_clauses_as_for_8(self):
        with self._on("2026-09-01"):
            clauses = self.clause
            for number in range(79):
                relay = {} if number % 3 else {"facilitator_id": False}
                clauses |= self._new_running_clause(date_start="2026-09-01", date_end="2026-12-31", **relay)
            rule = self._new_penalty_rule(reply_days=15)
        for number, clause in enumerate(clauses):
            if number % 2:
                self._declare(clause, "2026-10-01")
            if number % 4 == 1:
                self._new_request(clause)
            if number % 8 == 3:
                clause.penalty_rule_ids = rule
                self._new_penalty(clause, rule, quantity=3).with_user(self.user_officer).action_notify()

        def count(clauses):
            self.env.flush_all()
            self.env.invalidate_all()
            clauses = clauses.with_user(self.user_officer)
            clauses.mapped("date_start"), clauses.env.user.lang, clauses.env.company.partner_id.lang  # any list's
            before = self.cr.sql_log_count
            actors = set(clauses.mapped("next_actor"))
            clauses.mapped("next_action")
            return self.cr.sql_log_count - before, actors

        count(clauses)  # warms the caches of rights
        few, _actors = count(clauses[:8])
        many, actors = count(clauses)
        self.assertEqual((few, actors), (many, {"officer", "contractor", "facilitator"}))
        self.assertLessEqual(many, 3, "what waits, and the rights on requests and on penalties")

    def test_every_step_of_a_clause_has_its_part(self):
        self.assertLessEqual(set(RANKS), {kind for kind, _label in self.todo._fields["kind"].selection})


@tagged("post_install", "-at_install")
@freeze_time("2026-11-20")
class TestDatesFollowParameters(TodoCommon):
    """The dates kept on running clauses are those of the parameters, whenever these are written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls._on("2026-08-03"):
            cls.clause = cls._new_running_clause(date_start="2026-08-03", date_end="2027-08-02")

    def _parameter(self, code, value, date_from="2026-09-01", company=None):
        values = {"code": code, "value": value, "date_from": date_from, "company_id": company and company.id}
        return self.env["clause.insertion.parameter"].create(values)

    def test_due_day(self):
        self.assertEqual(self.clause.month_due_on, date(2026, 9, 10))
        parameter = self._parameter("declaration_due_day", 20)
        self.assertEqual(self.clause.month_due_on, date(2026, 9, 20))
        parameter.value = 25
        self.assertEqual(self.clause.month_due_on, date(2026, 9, 25))
        self.assertEqual(self._rows("late", clause_id=self.clause.id).since, date(2026, 9, 26))
        parameter.date_from = "2026-09-02"
        self.assertEqual(self.clause.month_due_on, date(2026, 9, 10), "not in force when August was over")
        parameter.date_from = "2026-09-01"
        parameter.unlink()
        self.assertEqual(self.clause.month_due_on, date(2026, 9, 10))

    def test_margin(self):
        self.assertEqual(self.clause.behind_on, date(2026, 10, 15), "a fifth of 365 days")
        self._parameter("behind_margin", 0.1, "2026-09-15")
        self.assertEqual(self.clause.behind_on, date(2026, 9, 15))
        self.assertEqual(self._rows("behind", clause_id=self.clause.id).days, 66)

    def test_of_its_company_alone(self):
        other = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        parameter = self._parameter("declaration_due_day", 20, company=other)
        self.assertEqual(self.clause.month_due_on, date(2026, 9, 10))
        parameter.company_id = self.company
        self.assertEqual(self.clause.month_due_on, date(2026, 9, 20))
        parameter.company_id = other
        self.assertEqual(self.clause.month_due_on, date(2026, 9, 10), "what it left follows as well")

    def test_running_clauses_alone(self):
        self.clause.date_end = "2026-09-30"
        self._declare(self.clause, "2026-09-01").with_user(self.user_facilitator).action_validate()
        self.clause.action_strike_balance()
        self._parameter("declaration_due_day", 20)
        self._parameter("behind_margin", 0)
        self.assertFalse(
            self.clause.month_to_declare or self.clause.month_due_on or self.clause.behind_on or self.clause.balance_on
        )

    def test_as_many_queries_for_many_clauses_as_for_few(self):
        def count(value):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env.ref("clause_insertion.parameter_declaration_due_day").value = value
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count(11)
        few = count(12)
        for _number in range(20):
            self._new_running_clause(date_start="2026-08-03")
        self.assertEqual(count(13), few)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-20")
class TestMonthToDeclare(TodoCommon):
    """The month owed next follows what is declared, and the contract's dates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls._on("2026-08-03"):
            cls.clause = cls._new_running_clause(date_start="2026-08-03", date_end="2027-08-02")

    def test_follows_the_declarations(self):
        self.assertEqual(self.clause.month_to_declare, date(2026, 8, 1))
        draft = self._new_declaration(self.clause, "2026-08-01")
        self.assertEqual(self.clause.month_to_declare, date(2026, 8, 1), "a draft is not a declaration")
        draft.with_user(self.user_contractor).action_submit()
        self.assertEqual(self.clause.month_to_declare, date(2026, 9, 1))
        draft.with_user(self.user_facilitator).action_refuse("Illisible")
        self.assertEqual(self.clause.month_to_declare, date(2026, 9, 1), "it is to correct, not to declare")

    def test_follows_the_dates(self):
        self.clause.date_start = "2026-10-15"
        self.assertEqual(self.clause.month_to_declare, date(2026, 10, 1))
        self._declare(self.clause, "2026-11-01")
        self.assertEqual(self.clause.month_to_declare, date(2026, 12, 1))
        self.clause.date_end = "2026-11-30"
        self.assertFalse(self.clause.month_to_declare)
        self.clause.date_end = False
        self.assertEqual(self.clause.month_to_declare, date(2026, 12, 1))

    def test_without_a_start_it_is_that_of_the_contract(self):
        self.clause.date_start = False
        self.assertEqual(self.clause.month_to_declare, date(2026, 8, 1), "it has run since 3 August")

    def test_none_before_it_runs(self):
        clause = self._new_clause(date_start="2026-08-03")
        self.assertFalse(clause.month_to_declare or clause.month_due_on or clause.behind_on)
