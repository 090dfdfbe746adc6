from collections import defaultdict
from datetime import date, datetime, time, timedelta
from random import Random

from odoo.tests import freeze_time, tagged

from odoo.addons.clause_insertion.engine.suppression import release_day

from ...engine.figures import Figures
from ..common import TODAY, FiguresCommon

SEED = 20250322
AGE_BANDS = {2003: "under_26", 1990: "26_49", 1968: "50_plus"}
MONTHS = [f"2025-{month:02}-01" for month in range(2, 9)]
DAYS = ("2025-03-31", "2025-06-14", "2025-09-30", "2025-12-31", "2026-03-31")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestStatementOracle(FiguresCommon):
    """A year told at random, counted a second time line by line, in plain Python.

    One order carries two clauses of different levers, people work under several clauses and relays and are of
    several publics, some hours come late, some are taken back and some declared again.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = Random(SEED)
        with freeze_time("2025-01-15 08:00:00"):
            cls.second = cls._new_clause(cls.north.purchase_order_id, lever="criterion", date_end="2026-12-31")
        cls.clauses = cls.north | cls.south | cls.second
        cls.publics = [
            cls.env.ref(f"clause_insertion.public_{name}") for name in ("jeune", "rsa", "th", "detention_mj")
        ]
        cls.people = [cls._somebody() for _number in range(24)]
        for month in MONTHS:
            for clause in cls.clauses:
                cls._month(clause, month)

    @classmethod
    def _somebody(cls):
        draw = cls.random
        clause = draw.choice(cls.clauses)
        person = cls._hire(
            clause, gender=draw.choice(("female", "male", "male")), birth_year=draw.choice((2003, 1990, 1968))
        )
        person.public_ids = cls.env["clause.insertion.public"].union(*draw.sample(cls.publics, draw.randint(1, 3)))
        for other in draw.sample(list(cls.clauses - clause), draw.randint(0, 2)):
            mode = draw.choice(("direct", "provision"))
            employer = other.partner_id if mode == "direct" else cls.relay
            cls._new_employment(person, other, "2025-01-20", execution_mode=mode, employer_id=employer.id)
        return person

    @classmethod
    def _month(cls, clause, month):
        """Some of the clause's people work; now and then late, and now and then some of it is taken back."""
        draw = cls.random
        hired = [person for person in cls.people if clause in person.employment_ids.clause_ids]
        working = draw.sample(hired, draw.randint(0, len(hired)))
        if not working:
            return
        hours = {person: draw.choice((7.5, 12, 20.25, 35)) for person in working}
        late = draw.random() < 0.2
        on = datetime(2025, 11, draw.randint(2, 25), 10) if late else None
        declaration = cls._declare(clause, hours, month, on=on, insertion_kind=draw.choice(("work", "training")))
        cls._validate(declaration, on=on and on + timedelta(days=1))
        if draw.random() < 0.4:
            with freeze_time(datetime(2025, 12, draw.randint(1, 20), 9)):
                draw.choice(declaration.line_ids).with_user(cls.user_officer).action_reverse("Declared twice")

    # -- the oracle --------------------------------------------------------------------------------

    def _ledger(self, day):
        """The lines that stand in the evening of ``day``, in Paris."""
        evening = datetime.combine(date.fromisoformat(str(day)) + timedelta(days=1), time.min)
        return [
            line
            for line in self.clauses.line_ids
            if line.insertion_state == "validated" and self._in_paris(line.insertion_validated_on) < evening
        ]

    @staticmethod
    def _in_paris(moment):
        """Winter and summer time of 2025 and early 2026."""
        is_summer = datetime(2025, 3, 30, 1) <= moment < datetime(2025, 10, 26, 1)
        return moment + timedelta(hours=2 if is_summer else 1)

    def _count(self, lines):
        """Hours; people, orders, clauses and work contracts under which some stand."""
        standing = defaultdict(float)
        for line in lines:
            clause = line.clause_insertion_id
            key = (line.insertion_participant_id, clause.purchase_order_id, clause, line.insertion_employment_id)
            standing[key] += line.unit_amount
        kept = [key for key, hours in standing.items() if hours > 0.005]
        counts = tuple(len(set(values)) for values in zip(*kept, strict=True)) if kept else (0, 0, 0, 0)
        return (round(sum(line.unit_amount for line in lines), 2), *counts)

    def _counted(self, figures):
        return (figures.hours_validated, figures.people, figures.contracts, figures.clauses, figures.employments)

    def _expected(self, lines, keys_of):
        groups = defaultdict(list)
        for line in lines:
            for key in keys_of(line):
                groups[key].append(line)
        return {key: self._count(behind) for key, behind in groups.items()}

    # -- the comparison ----------------------------------------------------------------------------

    def test_totals_on_each_day(self):
        for day in DAYS:
            with self.subTest(day=day):
                total = self._statement(as_of=day)._statement().total
                self.assertEqual(self._counted(total), self._count(self._ledger(day)))

    def test_each_breakdown_on_each_day(self):
        keys = {
            "month": lambda line: [str(line.date.replace(day=1))],
            "lever": lambda line: [line.clause_insertion_id.lever],
            "relay": lambda line: [str(line.clause_insertion_id.facilitator_id.id)],
            "territory": lambda line: [str(line.clause_insertion_id.territory_id.id)],
            "execution_mode": lambda line: [line.insertion_employment_id.execution_mode],
            "kind": lambda line: [line.insertion_kind],
        }
        for day in DAYS:
            statement = self._statement(as_of=day)._statement()
            ledger = self._ledger(day)
            for code, keys_of in keys.items():
                with self.subTest(day=day, dimension=code):
                    rows = {
                        key: self._counted(figures)
                        for key, figures in self._rows(statement, code).items()
                        if figures.hours_validated
                    }
                    expected = self._expected(ledger, keys_of)
                    self.assertEqual(rows, {key: counted for key, counted in expected.items() if counted[0]})

    def test_figures_about_people_are_those_of_the_end_of_the_month(self):
        """Those that are shown; and some are, or the comparison would be of nothing."""
        keys = {
            "gender": lambda line: [line.insertion_participant_id.gender],
            "public": lambda line: {
                "other" if public.sensitive else str(public.id) for public in line.insertion_participant_id.public_ids
            },
            "age_band": lambda line: [AGE_BANDS[line.insertion_participant_id.birth_year]],
        }
        compared = 0
        for day in DAYS:
            released = release_day(date.fromisoformat(day), date(2026, 3, 31))
            for scope in (None, self.relay):
                question = self._statement(as_of=day)
                if scope:
                    question.write({"scope": "facilitator", "facilitator_id": scope.id})
                statement = question._statement()
                ledger = [
                    line
                    for line in self._ledger(released)
                    if not scope or line.clause_insertion_id.facilitator_id == scope
                ]
                for code, keys_of in keys.items():
                    expected = self._expected(ledger, keys_of)
                    for row in statement.breakdowns[code]:
                        if row.figures:
                            compared += 1
                            told = expected[row.key][1]
                            self.assertEqual(row.figures, Figures(people=told), (day, scope, row.key))
        self.assertGreater(compared, 10)

    def test_a_published_year_and_its_movements_make_todays(self):
        for day in DAYS[:-1]:
            question = self._statement(as_of=day, user=self.user_officer)
            publication = self.env["clause.insertion.publication"].browse(question.action_publish()["res_id"])
            difference = self.env["clause.insertion.difference"].create({"publication_id": publication.id})
            bridge = difference.with_context(tz="Europe/Paris")._document().tables[0]
            cells = [line.cells[0].value for line in bridge.lines]
            self.assertEqual(len(cells), 3)
            self.assertAlmostEqual(sum(cells), bridge.total.cells[0].value, places=2)
            self.assertEqual(cells[0], self._count(self._ledger(day))[0])
            self.assertEqual(bridge.total.cells[0].value, self._count(self._ledger(DAYS[-1]))[0])
