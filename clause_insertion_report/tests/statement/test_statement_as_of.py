import base64
from datetime import date, datetime, timedelta
from random import Random

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY, FiguresCommon

SEED = 20261128
ZONES = ("Pacific/Wallis", "Europe/Paris", "UTC", "America/Guadeloupe")
DIMENSIONS = ("relay", "month", "lever", "execution_mode", "kind", "contract_size")


class AsOfCommon(FiguresCommon):
    """What a statement said on a day, and what it says of that day later."""

    def _ask(self, as_of, on=None, **values):
        """``(totals, rows)`` of 2025: hours due, declared and validated; people are others' to test."""
        with freeze_time(on or TODAY):
            question = self._statement(as_of=as_of)
            question.write(values)
            statement = question._statement()

        def hours(figures):
            return figures.hours_due, figures.hours_declared, figures.hours_validated

        rows = {
            (code, row.key): hours(row.figures)
            for code in DIMENSIONS
            for row in statement.breakdowns[code]
            if row.figures and any(hours(row.figures))
        }
        return hours(statement.total), rows

    def _taken_over(self, clause, person, month, validated_on, hours=120, on=TODAY):
        header = "titulaire;clause;participant;mois;heures;validé le"
        row = f"{clause.partner_id.name};{clause.name};{person.name};{month};{hours};{validated_on}"
        with freeze_time(on):
            record = (
                self.env["clause.insertion.import"]
                .with_user(self.user_officer)
                .create({"kind": "taken_over", "file": base64.b64encode(f"{header}\n{row}".encode())})
            )
            record.action_import()
        self.assertEqual(record.state, "done", record.error_ids.mapped("problem"))
        return record


@tagged("post_install", "-at_install")
class TestStatementAsOf(AsOfCommon):
    """What was read of a day stays what it was, whatever is recorded later, and however it is dated."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna, cls.chloe = cls._hire(cls.north), cls._hire(cls.south)
        cls._work(cls.north, {cls.anna: 8.4})

    def _north(self, as_of, **values):
        total, _rows = self._ask(as_of, **values)
        return total

    def test_hours_taken_over_are_recorded_today(self):
        """Validated in December, taken over in March: figures as of January are without them."""
        before = self._ask("2026-01-31")
        self._taken_over(self.south, self.chloe, "11/2025", "05/12/2025")
        self.assertEqual(self._ask("2026-01-31"), before)
        self.assertEqual(self._ask("2026-03-30"), before)
        (_due, declared, validated), rows = self._ask("2026-03-31")
        self.assertEqual((declared, validated), (128.4, 128.4))
        self.assertEqual(rows["month", "2025-11-01"], (0, 120, 120))  # by the month of the work, as any hour

    def test_hours_taken_over_are_told_in_the_bridge(self):
        with freeze_time("2026-01-20 09:00:00"):
            action = self._statement(as_of="2026-01-20", user=self.user_officer).action_publish()
        publication = self.env["clause.insertion.publication"].browse(action["res_id"])
        self._taken_over(self.south, self.chloe, "11/2025", "05/12/2025")
        self.assertEqual(publication._statement().total.hours_validated, 8.4)
        with freeze_time(TODAY):
            difference = self.env["clause.insertion.difference"].create({"publication_id": publication.id})
            bridge, _figures, lines = difference._document().tables
        self.assertEqual([line.cells[0].value for line in (*bridge.lines, bridge.total)], [8.4, 0, 120, 0, 128.4])
        self.assertIn("Taken over since", bridge.lines[2].label)
        [line] = lines.lines
        self.assertEqual([cell.value for cell in line.cells], ["November 2025", "03/31/2026", 120])
        self.assertEqual(line.text, "Taken over")

    def test_a_month_declared_again(self):
        """Ten hours in March, refused; eight in April; each day has its own answer."""
        declaration = self._declare(self.south, {self.chloe: 10}, "2025-02-01", on="2025-03-05 10:00:00")
        line = declaration.line_ids
        with freeze_time("2025-03-10 10:00:00"):
            declaration.with_user(self.user_other_facilitator).action_refuse("Too many")
        answers = {"2025-03-04": (0, 0), "2025-03-05": (18.4, 0), "2025-03-10": (18.4, 8.4)}
        with freeze_time("2025-04-02 10:00:00"):
            declaration.with_user(self.user_other_contractor)._month_grid().save(
                {(str(line.insertion_employment_id.id), "work"): "8"}
            )
        answers["2025-04-02"] = (8.4, 8.4)  # being corrected, it is nobody's declaration
        with freeze_time("2025-04-05 10:00:00"):
            declaration.with_user(self.user_other_contractor).action_submit()
        answers["2025-04-05"] = (16.4, 8.4)
        with freeze_time("2025-04-08 10:00:00"):
            declaration.with_user(self.user_other_facilitator).action_validate()
        answers["2025-04-08"] = (16.4, 16.4)
        found = {day: self._north(day)[1:] for day in answers}
        self.assertEqual(found, answers)

    def test_refused_hours_that_are_removed_were_declared(self):
        declaration = self._declare(self.south, {self.chloe: 10}, "2025-02-01", on="2025-03-05 10:00:00")
        with freeze_time("2025-03-10 10:00:00"):
            declaration.with_user(self.user_other_facilitator).action_refuse("Not worked")
        with freeze_time("2025-03-12 10:00:00"):
            declaration.line_ids.with_user(self.user_other_contractor).unlink()
        self.assertEqual([self._north(f"2025-03-{day}")[1] for day in ("04", "11", "12")], [0, 18.4, 8.4])

    def test_the_relay_of_the_time(self):
        """Handed over in February: of January, its hours are still those of the relay that it had."""
        january, own = self._ask("2026-01-31"), {"scope": "facilitator", "facilitator_id": self.relay.id}
        of_relay = self._ask("2026-01-31", **own)
        with freeze_time("2026-02-10 09:00:00"):
            self.env["clause.insertion.handover"].with_user(self.user_officer).create(
                {"clause_id": self.north.id, "to_id": self.other_relay.id, "reason": "Moved (fictive)"}
            )
            self.env.flush_all()
        self.assertEqual(self._ask("2026-01-31"), january)
        self.assertEqual(self._ask("2026-01-31", **own), of_relay)
        self.assertEqual(of_relay[0][2], 8.4)
        self.assertEqual(self._ask("2026-02-10", **own)[0], (0, 0, 0))
        self.assertEqual(self._ask("2026-02-10")[1]["relay", str(self.other_relay.id)][2], 8.4)

    def test_what_was_due_on_the_day(self):
        """More is owed from March on; a clause of the year that is recorded late was not owed before."""
        due = self._north("2026-01-31")[0]
        with freeze_time("2026-03-01 09:00:00"):
            self.north.hours_typed = 5000
            self.env.flush_all()
            late = self._new_running_clause(self.contractor, place_zip="86000", date_start="2025-06-01")
            self.env.flush_all()
        self.assertEqual(self._north("2026-01-31")[0], due)
        self.assertEqual(self._north("2026-03-01")[0], 5000 + self.south.hours_due + late.hours_due)
        with freeze_time("2026-03-10 09:00:00"):
            late.purchase_order_id.button_cancel()
            self.env.flush_all()
        self.assertEqual(late.state, "cancelled")
        self.assertEqual(self._north("2026-03-09")[0], 5000 + self.south.hours_due + late.hours_due)
        self.assertEqual(self._north("2026-03-10")[0], 5000 + self.south.hours_due)

    def test_the_same_answer_whoever_asks(self):
        """Validated at half past eleven in Paris on 31 January: not yet in Guadeloupe, tomorrow in Wallis."""
        late = self._declare(self.south, {self.chloe: 600}, "2025-11-01", on="2026-01-30 10:00:00")
        self._validate(late, on="2026-01-31 22:30:00")
        for zone, evening in (
            ("Europe/Paris", ("2026-01-30", "2026-01-31")),
            ("Pacific/Wallis", ("2026-01-31", "2026-02-01")),
            ("America/Guadeloupe", ("2026-01-30", "2026-01-31")),
            ("UTC", ("2026-01-30", "2026-01-31")),
        ):
            self.company.partner_id.tz = zone
            for reader in ZONES:
                self.user_reader.tz = reader
                with self.subTest(zone=zone, reader=reader):
                    found = []
                    for day in evening:
                        question = self._statement(as_of=day).with_context(tz=reader)
                        found.append(question._statement().total.hours_validated)
                        self.assertIn(zone, question._document().head[-1])
                    self.assertEqual(found, [8.4, 608.4])
                    rows = (
                        self.env["clause.insertion.hours.report"]
                        .with_user(self.user_reader)
                        .with_context(tz=reader)
                        ._read_group([("validated_on", "=", evening[1])], ["validated_on:day"], ["hours:sum"])
                    )
                    self.assertEqual(rows, [(date.fromisoformat(evening[1]), 600)])

    def test_nobody_writes_in_the_record_of_acts(self):
        with freeze_time("2026-02-10 09:00:00"):
            self.north.hours_typed = 5000
            self.env.flush_all()
        act = self.env["clause.insertion.act"].search([("clause_id", "=", self.north.id)], limit=1)
        self.assertEqual((act.hours_due, str(act.recorded_on)), (833, "2026-02-10 09:00:00"))
        for user in self.env.ref("base.user_root") | self.env.ref("base.user_admin") | self.user_manager:
            with self.subTest(user=user.login):
                refused = UserError if user._is_superuser() else AccessError
                with self.assertRaises(UserError):
                    act.with_user(user).write({"hours_due": 1})
                with self.assertRaises(refused):
                    act.with_user(user).unlink()
        for user in (self.user_manager, self.user_officer):
            with self.assertRaises(AccessError):
                act.with_user(user).create({"kind": "clause", "clause_id": self.north.id})
        for user in (
            self.user_officer,
            self.user_facilitator,
            self.user_contractor,
            self.user_buyer,
            self.user_employee,
        ):
            with self.assertRaises(AccessError):
                act.with_user(user).read(["hours_due"])


@tagged("post_install", "-at_install")
class TestHistoryAsOf(AsOfCommon):
    """Two years of acts at random: what a statement said each evening, it says of that evening for ever."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = Random(SEED)
        cls.clauses = cls.north | cls.south
        cls.people = {clause: [cls._hire(clause) for _number in range(3)] for clause in cls.clauses}
        cls._work(cls.north, {cls.people[cls.north][0]: 1.1}, month="2025-01-01")  # the Region is at work
        cls.now = datetime(2025, 3, 1, 8)

    def _declared(self, *states):
        found = self.env["clause.insertion.declaration"].search(
            [("clause_id", "in", self.clauses.ids), ("state", "in", states)]
        )
        return self.random.choice(found) if found else found

    def _validator(self, record):
        return self.user_facilitator if record.facilitator_id == self.relay else self.user_other_facilitator

    def _act(self):
        """One act, or nothing where there is nothing to act on."""
        acts = [self._declare_a_month] * 3 + [self._answer] * 4 + [self._correct] * 3
        acts += [self._take_back, self._hand_over, self._owe, self._take_over]
        self.random.choice(acts)(self.random, self.random.choice(self.clauses))

    def _declare_a_month(self, draw, clause):
        month = date(2025, draw.randint(1, 12), 1)
        if month + timedelta(days=28) <= self.now.date() and month not in clause.declaration_ids.mapped("month"):
            hours = {person: draw.choice((0.1, 7.35, 33.3)) for person in draw.sample(self.people[clause], 2)}
            self._declare(clause, hours, str(month), on=self.now)

    def _answer(self, draw, _clause):
        if declaration := self._declared("submitted"):
            relay = self._validator(declaration)
            line = draw.choice(declaration.line_ids)
            if line.insertion_state == "submitted" and draw.random() < 0.6:
                line.with_user(relay).action_refuse("Look again")
            declaration.with_user(relay).action_validate()

    def _correct(self, draw, _clause):
        declaration = self._declared("refused")
        for line in declaration.line_ids.filtered(lambda line: line.insertion_state == "refused"):
            if draw.random() < 0.3 and len(declaration.line_ids) > 1:
                line.sudo().unlink()
            else:
                line.sudo().write({"insertion_state": "draft", "unit_amount": draw.choice((0.2, 5.05))})
        if declaration:
            declaration.action_submit()

    def _take_back(self, draw, clause):
        lines = clause.line_ids.filtered(
            lambda line: line.insertion_state == "validated" and line.unit_amount > 0 and line._hours_left() > 0
        )
        if lines:
            line = draw.choice(lines)
            part = draw.choice((None, min(0.05, line._hours_left())))
            line.with_user(self.user_officer).action_reverse("Wrong", part)

    def _hand_over(self, _draw, clause):
        other = (self.relay | self.other_relay) - clause.facilitator_id
        handover = {"clause_id": clause.id, "to_id": other.id, "reason": "Moved (fictive)"}
        self.env["clause.insertion.handover"].create(handover)

    def _owe(self, draw, clause):
        clause.hours_typed = draw.choice((100, 250.5, 833))

    def _take_over(self, draw, clause):
        person = draw.choice(self.people[clause])
        self._taken_over(clause, person, "01/2025", "20/02/2025", draw.randint(1, 50_00) / 100, on=self.now)

    def test_each_evening_stays_what_it_was(self):
        relay = {"scope": "facilitator", "facilitator_id": self.relay.id}
        answers = {}
        for _number in range(90):
            with freeze_time(self.now):
                self._act()
                self.env.flush_all()
            evening = str(self.now.date())
            answers[evening] = [self._ask(evening, on=self.now, **scope) for scope in ({}, relay)]
            self.now += timedelta(days=self.random.choice((0, 1, 4, 9)), hours=self.random.choice((0, 3)))
        totals = [total for (total, _rows), _of_relay in answers.values()]
        self.assertGreater(len(set(totals)), 20)
        self.assertLess(min(b[1] - a[1] for a, b in zip(totals, totals[1:], strict=False)), 0, "declared less once")
        self.env.invalidate_all()
        for evening, answer in answers.items():
            with self.subTest(evening=evening):
                self.assertEqual([self._ask(evening, on="2027-06-01", **scope) for scope in ({}, relay)], answer)
