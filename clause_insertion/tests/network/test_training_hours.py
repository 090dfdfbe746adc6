from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03")
class TestTrainingHours(InsertionCommon):
    """Training attended in October is proposed on October's page, where the Region counts it; then the usual way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.insertion_training_counts = True
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant()
        cls.employment = cls._new_employment(cls.person, cls.clause)
        with freeze_time("2026-10-05"):
            cls.training = cls._new_training(cls.relay, cls.contractor)
            cls.registration = cls._register(cls.training, cls.user_facilitator, participant_id=cls.person.id)
        cls.registration.with_user(cls.user_officer).action_attended()
        cls.october = cls._new_declaration(cls.clause, "2026-10-01")

    def _proposed(self, declaration=None):
        rows = (declaration or self.october).with_user(self.user_contractor)._month_grid().rows
        return {row.pseudonym: row.cells[1].proposed for row in rows}

    def test_proposed(self):
        self.assertEqual(self._proposed(), {self.person.name: "7"})
        self.assertFalse(self.october.line_ids, "nothing is written before the contractor declares it")

    def test_declared_then_validated(self):
        declaration = self.october.with_user(self.user_contractor)
        declaration._month_grid().save({(str(self.employment.id), "training"): "7"})
        self.assertEqual(self._proposed(), {self.person.name: ""}, "declared")
        declaration.action_submit()
        self.assertEqual(self.clause.hours_validated, 0)
        self.october.with_user(self.user_facilitator).action_validate()
        self.assertEqual((self.clause.hours_validated, self.october.line_ids.insertion_kind), (7, "training"))

    def test_only_where_the_region_counts_it(self):
        self.company.insertion_training_counts = False
        self.assertEqual(self._proposed(), {self.person.name: ""})

    def test_only_of_the_month_and_of_the_clause(self):
        self.assertEqual(self._proposed(self._new_declaration(self.clause, "2026-09-01")), {self.person.name: ""})
        other = self._new_running_clause()
        self.employment.clause_ids |= other
        self.assertEqual(self._proposed(self._new_declaration(other, "2026-10-01")), {self.person.name: ""})
        self.registration.with_user(self.user_officer).clause_id = other
        self.assertEqual(self._proposed(), {self.person.name: ""})

    def test_two_sessions_add_up(self):
        with freeze_time("2026-10-05"):
            training = self._new_training(
                self.relay, date_start="2026-10-27 07:00:00", date_stop="2026-10-27 10:30:00", name="Gestes et postures"
            )
            registration = self._register(training, self.user_facilitator, participant_id=self.person.id)
        registration.with_user(self.user_officer).action_attended()
        self.assertEqual(self._proposed(), {self.person.name: "10,5"})

    def test_the_region_corrects_the_hours(self):
        """Somebody left at noon."""
        self.registration.with_user(self.user_officer).hours = 3.5
        self.assertEqual(self._proposed(), {self.person.name: "3,5"})

    def test_only_who_attended(self):
        self.registration.with_user(self.user_officer).action_absent()
        self.assertEqual(self._proposed(), {self.person.name: ""})

    def test_what_was_declared_before_is_taken_off(self):
        """The month was declared and validated with 3 hours; a second session is left to declare."""
        self.october.with_user(self.user_contractor)._month_grid().save({(str(self.employment.id), "training"): "3"})
        self.october.with_user(self.user_contractor).action_submit()
        self.october.with_user(self.user_facilitator).action_validate()
        again = self._new_declaration(self.clause, "2026-10-01")
        self.assertEqual(self._proposed(again), {self.person.name: "4"})

    def test_a_refused_line_is_left_to_correct(self):
        declaration = self.october.with_user(self.user_contractor)
        declaration._month_grid().save({(str(self.employment.id), "training"): "7"})
        declaration.action_submit()
        self.october.with_user(self.user_facilitator).action_refuse("Sans attestation")
        self.assertEqual(self._proposed(), {self.person.name: ""}, "its cell shows what was typed")

    def test_a_tutor_s_hours_are_not_the_clause_s(self):
        with freeze_time("2026-10-05"):
            tutor = self._register(self.training, self.user_contractor, attendee_name="Sam Tuteur")
        self.assertFalse(tutor.clause_id)
