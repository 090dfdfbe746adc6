from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import TODAY, FiguresCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestStatement(FiguresCommon):
    """A year of hours under two contracts, as they stood in the evening of a day."""

    def test_totals_of_a_year(self):
        """Two contracts, three people of whom one works under both, four work contracts."""
        anna, benoit, chloe = self._hire(self.north), self._hire(self.north), self._hire(self.south)
        self._new_employment(anna, self.south, "2025-02-01")
        self._work(self.north, {anna: 100, benoit: 60})
        self._work(self.south, {anna: 20, chloe: 80})
        self._declare(self.south, {chloe: 40}, month="2025-03-01")
        statement = self._statement()._statement()
        total = statement.total
        self.assertEqual(total.hours_due, 833 * 2)
        self.assertEqual(total.hours_declared, 300)
        self.assertEqual(total.hours_validated, 260)
        self.assertEqual((total.contracts, total.clauses, total.companies), (2, 2, 2))
        self.assertEqual((total.people, total.employments), (3, 4))
        self.assertEqual(statement.total.full_time_equivalents(statement.fte_base), 260 / 1600)
        self.assertEqual(statement.last_day, date(2025, 2, 28))

    def test_each_breakdown(self):
        anna = self._hire(self.north)
        chloe = self._hire(self.south)
        self._new_employment(anna, self.south, "2025-02-01", execution_mode="provision", employer_id=self.relay.id)
        self._work(self.north, {anna: 100})
        self._work(self.south, {anna: 20, chloe: 80})
        self._work(self.south, {chloe: 15}, month="2025-03-01", insertion_kind="training")
        statement = self._statement()._statement()

        def figures(dimension):
            rows = self._rows(statement, dimension).items()
            return {key: (row.hours_due, row.hours_validated, row.contracts, row.people) for key, row in rows}

        north, south = (833, 100, 1, 1), (833, 115, 1, 2)
        self.assertEqual(figures("territory"), {str(self.vienne.id): north, str(self.charente.id): south})
        self.assertEqual(figures("relay"), {str(self.relay.id): north, str(self.other_relay.id): south})
        self.assertEqual(figures("lever"), {"execution": north, "reserved_inclusion": south})
        self.assertEqual(figures("trade"), {str(self.masonry.id): (1666, 215, 2, 2)})
        self.assertEqual(figures("kind"), {"work": (0, 200, 2, 2), "training": (0, 15, 1, 1)})
        self.assertEqual(figures("execution_mode"), {"direct": (0, 195, 2, 2), "provision": (0, 20, 1, 1)})

    def test_a_clause_without_relay_or_territory_has_a_row_of_its_own(self):
        lost = self._started_clause(self.contractor, False, territory_id=False, facilitator_id=False)
        self.assertFalse(lost.facilitator_id)
        statement = self._statement()
        self.assertEqual(self._rows(statement._statement(), "relay")[None].hours_due, 833)
        labels = {table.title: [line.label for line in table.lines] for table in statement._tables().breakdowns}
        self.assertEqual(labels["Relay"][-1], "Without a relay")
        self.assertEqual(labels["Territory"][-1], "Not stated")

    def test_the_year_is_the_one_of_the_work(self):
        """Worked in December 2025, declared and validated in January 2026."""
        person = self._hire(self.north)
        declaration = self._declare(self.north, {person: 70}, month="2025-12-01", on="2026-01-08 10:00:00")
        self._validate(declaration, on="2026-01-12 10:00:00")
        self.assertEqual(self._statement(2025)._statement().total.hours_validated, 70)
        self.assertEqual(self._statement(2026)._statement().total.hours_validated, 0)
        self.assertEqual(self._statement(2025, "2025-12-31")._statement().total.hours_declared, 0)
        self.assertEqual(self._statement(2025, "2026-01-08")._statement().total.hours_declared, 70)
        self.assertEqual(self._statement(2025, "2026-01-11")._statement().total.hours_validated, 0)

    def test_a_published_figure_can_be_given_again(self):
        """Late hours and reversals change the year, not the year as it stood."""
        anna, benoit = self._hire(self.north), self._hire(self.north)
        first = self._work(self.north, {anna: 100, benoit: 50})
        self._reverse(
            first.line_ids.filtered(lambda line: line.insertion_participant_id == anna), "2025-06-15 10:00:00"
        )
        late = self._declare(self.north, {anna: 30}, month="2025-04-01", on="2026-02-01 10:00:00")
        self._validate(late, on="2026-02-10 10:00:00")

        def standing(day):
            total = self._statement(as_of=day)._statement().total
            return total.hours_declared, total.hours_validated, total.people, total.contracts, total.employments

        self.assertEqual(standing("2025-03-04"), (0, 0, 0, 0, 0))
        self.assertEqual(standing("2025-03-05"), (150, 0, 0, 0, 0))
        self.assertEqual(standing("2025-03-10"), (150, 150, 2, 1, 2))
        self.assertEqual(standing("2025-06-14"), (150, 150, 2, 1, 2))
        self.assertEqual(standing("2025-06-15"), (50, 50, 1, 1, 1))
        self.assertEqual(standing("2026-02-09"), (80, 50, 1, 1, 1))
        self.assertEqual(standing("2026-02-10"), (80, 80, 2, 1, 2))

    def test_a_contract_whose_hours_were_all_taken_back_does_not_count(self):
        person = self._hire(self.north)
        declaration = self._work(self.north, {person: 7.7})
        self._work(self.south, {self._hire(self.south): 5})
        self._reverse(declaration.line_ids, "2025-05-01 10:00:00")
        total = self._statement()._statement().total
        self.assertEqual((total.hours_validated, total.contracts, total.companies, total.people), (5, 1, 1, 1))
        self.assertEqual(set(self._rows(self._statement()._statement(), "kind")), {"work"})

    def test_the_evening_is_the_one_of_the_users_clock(self):
        """Validated on 10 March at 23:30 in Paris, which is 22:30 in UTC; and at 0:30 on the 11th, 23:30 in UTC."""
        early, late = self._hire(self.north), self._hire(self.south)
        self._validate(self._declare(self.north, {early: 10}), on="2025-03-10 22:30:00")
        self._validate(self._declare(self.south, {late: 20}), on="2025-03-10 23:30:00")
        self.assertEqual(self._statement(as_of="2025-03-10")._statement().total.hours_validated, 10)
        self.assertEqual(self._statement(as_of="2025-03-11")._statement().total.hours_validated, 30)

    def test_refused_hours_are_declared_and_never_validated(self):
        person = self._hire(self.north)
        declaration = self._declare(self.north, {person: 25})
        with freeze_time("2025-03-09 10:00:00"):
            declaration.with_user(self.user_facilitator).action_refuse("Another person's hours")
        total = self._statement()._statement().total
        self.assertEqual((total.hours_declared, total.hours_validated, total.people), (25, 0, 0))

    def test_hours_due_are_of_clauses_that_started(self):
        self._started_clause(self.contractor, "86000", date_start="2024-05-02")
        self._new_clause(date_start="2025-06-01")  # still in consultation
        self.assertEqual(self._statement(2025)._statement().total.hours_due, 1666)
        self.assertEqual(self._statement(2024)._statement().total.hours_due, 833)
        self.assertEqual(self._statement(2025, "2025-01-14")._statement().total.hours_due, 0)

    def test_a_person_of_several_publics_is_in_each_and_once_in_the_total(self):
        young, rsa = (self.env.ref(f"clause_insertion.public_{name}") for name in ("jeune", "rsa"))
        long_seeking = self.env.ref("clause_insertion.public_deld")
        people = [self._hire(self.north) for _number in range(12)]
        for number, person in enumerate(people):
            person.public_ids = young | rsa if number < 6 else long_seeking
        self._work(self.north, dict.fromkeys(people, 10))
        statement = self._statement()._statement()
        self.assertEqual((statement.total.hours_validated, statement.total.people), (120, 12))
        rows = self._rows(statement, "public")
        self.assertEqual(
            {key: row.people for key, row in rows.items()},
            {str(young.id): 6, str(rsa.id): 6, str(long_seeking.id): 6},
        )

    def test_the_year_before_is_shown_as_it_stood_one_year_before(self):
        person = self._hire(self.north)
        for month, on in (("2025-02-01", "2025-03-05 10:00:00"), ("2026-02-01", "2026-03-05 10:00:00")):
            self._validate(self._declare(self.north, {person: 80 if "2026" in month else 100}, month, on), on)
        late = self._declare(self.north, {person: 25}, "2025-03-01", "2025-09-01 10:00:00")
        self._validate(late, on="2025-09-02 10:00:00")
        line = {line.label: line for line in self._statement(2026)._tables().summary.lines}["Hours validated"]
        self.assertEqual([cell.value for cell in line.cells], [80, 100, 80 / 100 - 1])

    def test_a_partial_year_says_so(self):
        person = self._hire(self.north)
        self._work(self.north, {person: 10}, month="2025-02-01")
        self.assertEqual(self._statement(2026)._tables().warning, "Partial year: figures up to 03/31/2026")
        self.assertEqual(
            self._statement(2025, "2025-12-30")._tables().warning, "Partial year: figures up to 12/30/2025"
        )
        stopped = "The last hours validated were worked on 02/28/2025: the year may be incomplete."
        self.assertEqual(self._statement(2025, "2025-12-31")._tables().warning, stopped)
        self._work(self.north, {person: 10}, month="2025-12-01")
        self.assertEqual(self._statement(2025)._tables().warning, "")

    def test_what_cannot_be_answered_is_said(self):
        for values in ({"year": 2027}, {"year": 0}, {"year": -5}, {"year": 99999}, {"as_of": "2026-04-01"}):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.env["clause.insertion.statement"].create(values)
        form = Form(self.env["clause.insertion.statement"].with_user(self.user_reader))
        form.year = 20255
        self.assertIn("Type a year from 1990 to 2026.", form.preview)

    def test_it_opens_on_the_last_year_with_validated_hours(self):
        Wizard = self.env["clause.insertion.statement"].with_user(self.user_reader)
        self.assertEqual(Form(Wizard).year, 2026)
        person = self._hire(self.north)
        self._work(self.north, {person: 10})
        self._declare(self.north, {person: 10}, month="2026-02-01")
        self.assertEqual(Form(Wizard).year, 2025)

    def test_the_screen_follows_what_is_asked(self):
        person = self._hire(self.north)
        self._work(self.north, {person: 700.5, self._hire(self.north): 534})
        form = Form(self.env["clause.insertion.statement"].with_user(self.user_reader))
        self.assertEqual((form.year, form.as_of), (2025, date(2026, 3, 31)))
        self.assertIn("1,234.50", form.preview)
        self.assertIn("People (sub-totals do not add up)", form.preview)
        form.as_of = date(2025, 3, 9)
        self.assertNotIn("1,234.50", form.preview.split("Hours validated")[1].split("Contracts")[0])
        self.assertIn("Partial year: figures up to 03/09/2025", form.preview)

    def test_numbers_are_written_as_the_user_writes_them(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self._work(self.north, {self._hire(self.north): 700.5, self._hire(self.north): 534})
        statement = self._statement().with_context(lang="fr_FR")
        self.assertRegex(statement.preview, "1[\u00a0\u202f]234,50")
        self.assertIn("31/03/2026", statement.preview)

    def test_the_number_of_queries_does_not_grow(self):
        """The same queries for two clauses and six people as for ten and thirty."""

        def queries():
            self.env.flush_all()
            statement = self._statement()
            self.env.invalidate_all()
            statement._tables().all  # noqa: B018 - warm the caches
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            statement._tables().all  # noqa: B018
            return self.env.cr.sql_log_count - before

        self._work(self.north, {self._hire(self.north): 10 for _number in range(6)})
        few = queries()
        for number in range(8):
            clause = self._started_clause(self.contractor, "86000" if number % 2 else "16000", lever="criterion")
            self._work(clause, {self._hire(clause): 10 for _number in range(3)})
        self.assertEqual(self._statement()._statement().total.people, 30)
        self.assertEqual(queries(), few)
        self.assertLess(few, 30)
