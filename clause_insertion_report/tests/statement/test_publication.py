from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import freeze_time, tagged

from ..common import TODAY, FiguresCommon


@tagged("post_install", "-at_install")
class TestPublication(FiguresCommon):
    """A published year is kept to the digit, and what came later is told line by line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna, cls.chloe = cls._hire(cls.north), cls._hire(cls.south)
        cls.first = cls._work(cls.north, {cls.anna: 8.4})

    def _publish(self, on="2026-01-20 09:00:00", user=None, **values):
        with freeze_time(on):
            question = self.env["clause.insertion.statement"].with_user(user or self.user_officer)
            question = question.with_context(tz="Europe/Paris").create({"year": 2025, **values})
            action = question.action_publish()
            return self.env["clause.insertion.publication"].with_user(self.user_reader).browse(action["res_id"])

    def _difference(self, publication, on=TODAY):
        with freeze_time(on):
            action = publication.with_context(tz="Europe/Paris").action_compare()
            difference = self.env[action["res_model"]].with_user(self.user_reader).browse(action["res_id"])
            return difference.with_context(tz="Europe/Paris")._document()

    def _bridge(self, document):
        """``[(label, hours)]`` from what was published to today."""
        table = document.tables[0]
        return [(line.label, line.cells[0].value) for line in (*table.lines, table.total)]

    def _late(self, clause, hours, month="2025-11-01", on="2026-02-10 10:00:00"):
        return self._validate(self._declare(clause, hours, month, on), on=on)

    def test_a_year_published_at_8_4_becomes_9_16(self):
        """As 2014 did, in millions (domain.md 6.4): 8.4 published in March 2015, 9.16 a year later."""
        publication = self._publish()
        self._late(self.south, {self.chloe: 0.76})
        self.assertEqual(publication._statement().total.hours_validated, 8.4)
        self.assertEqual(self._statement()._statement().total.hours_validated, 9.16)
        document = self._difference(publication)
        self.assertEqual(
            self._bridge(document),
            [("Published", 8.4), ("Declared or validated later", 0.76), ("Taken back since", 0), ("Today", 9.16)],
        )
        lines = document.tables[2]
        [line] = lines.lines
        self.assertIn(self.south.name, line.label)
        self.assertEqual([cell.value for cell in line.cells], ["November 2025", "02/10/2026", 0.76])
        self.assertEqual((line.text, lines.total.cells[-1].value), ("Late declaration", 0.76))

    def test_what_is_taken_back_is_told_too(self):
        publication = self._publish()
        self._reverse(self.first.line_ids, "2026-02-03 10:00:00")
        late = self._late(self.south, {self.chloe: 20})
        self._reverse(late.line_ids, "2026-03-01 10:00:00")
        document = self._difference(publication)
        self.assertEqual(
            self._bridge(document),
            [("Published", 8.4), ("Declared or validated later", 20), ("Taken back since", -28.4), ("Today", 0)],
        )
        self.assertEqual(
            [(line.cells[2].value, line.text) for line in document.tables[2].lines],
            [(-8.4, "Taken back"), (20, "Late declaration"), (-20, "Taken back")],
        )

    def test_days_and_months_are_texts_and_not_withheld(self):
        publication = self._publish()
        self._late(self.south, {self.chloe: 0.76})
        document = self._difference(publication)
        [line] = document.tables[2].lines
        self.assertEqual(
            [(cell.is_figure, cell.is_withheld) for cell in line.cells], [(False, False)] * 2 + [(True, False)]
        )
        people = next(line for line in document.tables[1].lines if line.label == "People")
        self.assertEqual([cell.is_withheld for cell in people.cells], [True, True, True])

    def test_every_figure_is_compared(self):
        publication = self._publish()
        self._late(self.south, {self.chloe: 20})
        figures = {
            line.label: [cell.value for cell in line.cells] for line in self._difference(publication).tables[1].lines
        }
        self.assertEqual(figures["Hours validated"], [8.4, 28.4, 20])
        self.assertEqual(figures["Contracts with a clause"], [1, 2, 1])
        self.assertEqual(figures["People"], ["< 5", "< 5", "–"])

    def test_a_clause_handed_over_is_told_apart(self):
        publication = self._publish(scope="facilitator", facilitator_id=self.relay.id)
        self.north.facilitator_id = self.other_relay
        self.assertIn(("Clauses that joined or left this statement", -8.4), self._bridge(self._difference(publication)))

    def test_hours_validated_on_the_day_itself_are_in_one_or_the_other(self):
        """Published at ten, validated at eleven: late, although the statement is of that day."""
        publication = self._publish("2026-02-10 10:00:00")
        self._late(self.south, {self.chloe: 1}, on="2026-02-10 11:00:00")
        self.assertEqual(publication._statement().total.hours_validated, 8.4)
        self.assertEqual(self._bridge(self._difference(publication))[1], ("Declared or validated later", 1))

    def test_the_document_is_the_same_after_everything_changed(self):
        people = [self._hire(self.north, gender="female" if number % 2 else "male") for number in range(12)]
        self._work(self.north, dict.fromkeys(people, 10), month="2025-03-01")
        publication = self._publish(on=TODAY)
        before = publication._document()
        self.assertIn("Gender", [table.title for table in before.tables])
        self._late(self.south, {self.chloe: 500}, on="2026-04-02 10:00:00")
        self.relay.name = "Another name (fictive)"
        people[0].gender = "male"
        self.north.hours_typed = 5000
        self.env.invalidate_all()
        self.assertEqual(publication._document(), before)

    def test_it_can_be_neither_changed_nor_deleted(self):
        publication = self._publish()
        for door in (publication.with_user(self.user_manager), publication.sudo()):
            with self.assertRefused(UserError, "does not change"):
                door.write({"hours_validated": 9.16})
            with self.assertRefused(UserError, "does not change"):
                door.figures = {}
        with self.assertRefused(UserError, "is kept"):
            publication.sudo().unlink()
        with self.assertRaises(AccessError):
            publication.with_user(self.user_manager).unlink()
        publication.with_user(self.user_officer).write({"note": "Sent to the State", "active": False})
        self.assertFalse(publication.active)

    def test_all_but_its_note_and_its_archiving_is_closed(self):
        publication = self._publish().with_user(self.user_manager)
        stored = {name for name, field in publication._fields.items() if field.store and name not in MAGIC_COLUMNS}
        still_open = {name for name in stored if not publication._is_locked(name)}
        self.assertEqual(still_open, {"note", "active"})
        for name in stored - still_open:
            for door in (publication, publication.sudo()):
                with self.subTest(field=name, su=door.env.su), self.assertRefused(UserError, "does not change"):
                    door.write({name: publication.sudo()[name]})

    def test_a_default_is_no_figure(self):
        """What the context proposes is taken neither for a publication nor for a question's place in one."""
        self.env = self.env(context={"default_hours_validated": 999, "default_published_by": self.user_reader.id})
        publication = self._publish()
        self.assertEqual(publication.hours_validated, 8.4)
        self.assertEqual(publication.published_by, self.user_officer)

    def test_it_has_no_copy(self):
        publication = self._publish()
        with self.assertRaises(AccessError):
            publication.with_user(self.user_manager).copy()

    def test_a_question_stays_open(self):
        """The same fields, which a publication closes, are what its reader types."""
        question = self._statement()
        question.write({"year": 2024, "scope": "facilitator", "facilitator_id": self.relay.id, "as_of": "2025-12-31"})
        self.assertFalse([name for name in question._fields if question._is_locked(name)])
        self.assertEqual(question._statement().year, 2024)

    def test_who_publishes(self):
        for user in (self.user_reader, self.user_facilitator):
            with self.assertRaises(AccessError):
                self._publish(user=user)
        with self.assertRaises(AccessError):
            self.env["clause.insertion.publication"].with_user(self.user_manager).create({"year": 2025})

    def test_who_reads(self):
        whole, own = self._publish(), self._publish(scope="facilitator", facilitator_id=self.relay.id)
        seen = {
            self.user_reader: whole | own,
            self.user_officer: whole | own,
            self.user_facilitator: own,
            self.user_other_facilitator: own.browse(),
        }
        for user, publications in seen.items():
            with self.subTest(user=user.login):
                found = (
                    self.env["clause.insertion.publication"].with_user(user).search([("id", "in", (whole | own).ids)])
                )
                self.assertEqual(found, publications)
        for user in (self.user_buyer, self.user_employee, self.user_contractor, self.user_portal_relay):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                whole.with_user(user).read(["figures"])
        with self.assertRaises(AccessError):
            own.with_user(self.user_other_facilitator)._document()

    def test_a_consolidation_is_read_by_those_who_read_all_its_companies(self):
        second = self.env["res.company"].create({"name": "A second Region (fictive)"})
        self.user_officer.company_ids |= second
        both = [self.company.id, second.id]
        with freeze_time(TODAY):
            question = self.env["clause.insertion.statement"].with_user(self.user_officer)
            question = question.with_context(allowed_company_ids=both).create({"year": 2025, "scope": "companies"})
            publication = question.action_publish()["res_id"]
        Publication = self.env["clause.insertion.publication"]
        seen = Publication.with_user(self.user_officer).with_context(allowed_company_ids=both)
        self.assertTrue(seen.search([("id", "=", publication)]))
        self.assertFalse(Publication.with_user(self.user_reader).search([("id", "=", publication)]))
