from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestTraining(InsertionCommon):
    """A session with two seats is open to a relay and a contractor: who registers, who attends, who gets a paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.training = cls._new_training(cls.relay, cls.contractor, seats=2)
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant(firstname="Zéphyrine", lastname="Introuvable")
        cls._new_employment(cls.person, cls.clause)

    def _hold(self, *registrations):
        """The day after, the officer ticks who was there."""
        with freeze_time("2026-10-21"):
            for registration in registrations:
                registration.with_user(self.user_officer).action_attended()

    def test_registered_by_relay_and_by_contractor(self):
        tutor = self._register(self.training, self.user_contractor, attendee_name=" Sam Tuteur ")
        person = self._register(self.training, self.user_facilitator, participant_id=self.person.id)
        self.assertEqual((tutor.partner_id, tutor.attendee_name), (self.contractor, "Sam Tuteur"))
        self.assertEqual((person.partner_id, person.clause_id), (self.relay, self.clause))
        self.assertEqual((self.training.registered_count, self.training.seats_left), (2, 0))

    def test_contractor_registers_whom_it_employs(self):
        """A person not hired by it, or not on that day, is none of its people."""
        stranger = self._new_participant(lastname="Autre")
        with self.assertRaises(AccessError):
            self._register(self.training, self.user_contractor, participant_id=stranger.id)
        self._new_employment(stranger, self.clause, date_start="2026-10-21")
        with self.assertRaises(AccessError):
            self._register(self.training, self.user_contractor, participant_id=stranger.id)
        self.assertTrue(self._register(self.training, self.user_contractor, participant_id=self.person.id))

    def test_nobody_registers_for_others(self):
        for values in (
            {"partner_id": self.other_relay.id, "attendee_name": "Sam"},
            {"participant_id": self._new_participant(self.other_relay).id},
            {"attendee_name": "Sam", "state": "attended"},
            {"attendee_name": "Sam", "hours": 7},
        ):
            with self.assertRaises(AccessError):
                self._register(self.training, self.user_facilitator, **values)
        registration = self._register(self.training, self.user_facilitator, attendee_name="Sam")
        with self.assertRaises(AccessError):
            registration.with_user(self.user_facilitator).action_attended()

    def test_refused(self):
        self._register(self.training, self.user_contractor, attendee_name="Sam Tuteur")
        with self.assertRefused(IntegrityError, "tutor_once"):
            self._register(self.training, self.user_contractor, attendee_name="sam tuteur")
        with self.assertRefused(IntegrityError, "somebody"):
            self._register(self.training, self.user_contractor, attendee_name="Lou", participant_id=self.person.id)
        self._register(self.training, self.user_contractor, participant_id=self.person.id)
        with self.assertRefused(UserError, "full"):
            self._register(self.training, self.user_facilitator, attendee_name="Lou")
        self.training.seats = 5
        with self.assertRefused(IntegrityError, "person_once"):
            self._register(self.training, self.user_facilitator, participant_id=self.person.id)
        with freeze_time("2026-10-20 08:00:00"), self.assertRefused(UserError, "not open"):
            self._register(self.training, self.user_facilitator, attendee_name="Lou")

    def test_for_tutors_or_for_people(self):
        for audience, values in (("people", {"attendee_name": "Sam"}), ("tutors", {"participant_id": self.person.id})):
            training = self._new_training(self.relay, audience=audience)
            with self.assertRefused(ValidationError, "not meant"):
                self._register(training, self.user_facilitator, **values)

    def test_end_before_start(self):
        with self.assertRefused(IntegrityError, "dates_order"):
            self._new_training(date_stop="2026-10-20 06:00:00")

    def test_length_is_proposed(self):
        self.assertEqual(self.training.hours, 7)
        self.training.hours = 6
        self.training.flush_recordset()
        self.assertEqual(self.training.hours, 6)

    # -- states --------------------------------------------------------------------------------------

    def test_attendance(self):
        first = self._register(self.training, self.user_contractor, attendee_name="Sam")
        second = self._register(self.training, self.user_facilitator, participant_id=self.person.id)
        with self.assertRefused(UserError, "has begun"):
            first.with_user(self.user_officer).action_attended()
        training = self.training.with_user(self.user_officer)
        with freeze_time("2026-10-21"):
            with self.assertRefused(UserError, "who attended"):
                training.action_done()
            training.action_all_attended()
            second.with_user(self.user_officer).action_absent()
            training.action_done()
        self.assertRecordValues(first | second, [{"state": "attended", "hours": 7}, {"state": "absent", "hours": 0}])
        self.assertEqual(self.training.state, "done")

    def test_cancelled_registration_frees_the_seat(self):
        registrations = [
            self._register(self.training, self.user_contractor, attendee_name=name) for name in ("Sam", "Lou")
        ]
        with self.assertRaises(AccessError):
            registrations[0].with_user(self.user_facilitator).action_cancel()
        registrations[0].with_user(self.user_contractor).action_cancel()
        self.assertEqual(self.training.seats_left, 1)
        self.assertTrue(self._register(self.training, self.user_contractor, attendee_name="Sam"))
        with freeze_time("2026-10-21"), self.assertRaises(AccessError):
            registrations[1].with_user(self.user_contractor).action_cancel()

    def test_invited_in_one_click_and_told(self):
        self._new_convention(self.other_relay)
        self._new_running_clause(partner=self.other_contractor)
        training = self._new_training()
        officer = training.with_user(self.user_officer)
        officer.action_invite_relays()
        officer.action_invite_contractors()
        self.assertEqual(training.invited_ids, self.other_relay | self.other_contractor | self.contractor)
        told = training.message_ids.partner_ids
        people = self.user_other_facilitator | self.user_other_portal_relay
        people |= self.user_contractor | self.user_other_contractor
        self.assertEqual(told, people.partner_id)
        body = training.message_ids.filtered(lambda message: message.partner_ids)[0].body
        self.assertIn("Accueillir une personne en insertion", body)

    def test_cancelled_session_tells_who_registered(self):
        self._register(self.training, self.user_contractor, attendee_name="Sam")
        self.training.with_user(self.user_officer).action_cancel()
        told = self.training.message_ids.filtered(lambda message: "cancelled" in (message.body or ""))
        self.assertEqual(told.partner_ids, self.user_contractor.partner_id)
        with self.assertRefused(UserError, "not at that step"):
            self.training.with_user(self.user_officer).action_done()

    def test_opened_again(self):
        """A session that was cancelled by mistake; who was invited is told again."""
        training = self.training.with_user(self.user_officer)
        training.action_cancel()
        with self.assertRefused(UserError, "not open"):
            self._register(self.training, self.user_contractor, attendee_name="Sam")
        training.action_open()
        self.assertTrue(self._register(self.training, self.user_contractor, attendee_name="Sam"))
        told = training.message_ids.filtered(lambda message: "invited to a training" in (message.body or ""))
        self.assertEqual(len(told), 2)

    def test_who_is_invited_later_is_told_alone(self):
        self._new_convention(self.other_relay)
        self.training.with_user(self.user_officer).action_invite_relays()
        told = self.training.message_ids.filtered("partner_ids").sorted("id")[-1:].partner_ids
        self.assertEqual(told, (self.user_other_facilitator | self.user_other_portal_relay).partner_id)

    def test_absent_stays_absent(self):
        """The officer marks one as absent, then all the others at once."""
        first = self._register(self.training, self.user_contractor, attendee_name="Sam")
        second = self._register(self.training, self.user_contractor, attendee_name="Lou")
        with freeze_time("2026-10-21"):
            first.with_user(self.user_officer).action_absent()
            self.training.with_user(self.user_officer).action_all_attended()
        self.assertEqual((first.state, second.state), ("absent", "attended"))

    def test_the_contract_of_the_day(self):
        """The one that is running that day, the most recent of several; without one, no clause."""
        later = self._new_running_clause()
        self._new_employment(self.person, later, date_start="2026-10-01")
        self._new_employment(self.person, self.clause, date_start="2026-10-21")
        registration = self._register(self.training, self.user_facilitator, participant_id=self.person.id)
        self.assertEqual(registration.clause_id, later)
        stranger = self._new_participant(lastname="Sans contrat")
        registration = self._register(self.training, self.user_facilitator, participant_id=stranger.id)
        self.assertFalse(registration.employment_id or registration.clause_id)

    def test_states_have_their_buttons(self):
        with self.assertRaises(AccessError):
            self.training.with_user(self.user_officer).state = "done"
        with self.assertRaises(AccessError):
            self.training.with_user(self.user_reader).action_done()
        with self.assertRefused(UserError, "draft"):
            self.training.with_user(self.user_officer).unlink()

    # -- certificate -----------------------------------------------------------------------------------

    def _certificate(self, registration, user):
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(user)
            .sudo()  # as the portal does
            ._render_qweb_html("clause_insertion.clause_insertion_training_certificate_report", registration.ids)
        )
        return content.decode()

    def test_certificate_of_a_tutor(self):
        registration = self._register(self.training, self.user_contractor, attendee_name="Sam Tuteur")
        with self.assertRefused(UserError, "attended"):
            self._certificate(registration, self.user_contractor)
        self._hold(registration)
        text = self._certificate(registration, self.user_contractor)
        for words in ("Sam Tuteur", self.contractor.name, "Accueillir une personne en insertion", "7.00"):
            self.assertIn(words, text)
        with self.assertRaises(AccessError):
            self._certificate(registration, self.user_other_contractor)

    def test_certificate_of_a_person_bears_a_name_for_who_may_read_it(self):
        """Its relay and its employer, while it employs; the Region reads a pseudonym, and so does a file's name."""
        registration = self._register(self.training, self.user_contractor, participant_id=self.person.id)
        self._hold(registration)
        for user in (self.user_facilitator, self.user_portal_relay, self.user_contractor):
            self.assertIn("Introuvable", self._certificate(registration, user), user.login)
        text = self._certificate(registration, self.user_officer)
        self.assertNotIn("Introuvable", text)
        self.assertIn(self.person.name, text)
        self.person.employment_ids.date_end = "2026-10-31"
        self.env.invalidate_all()
        with freeze_time("2026-11-01"):
            self.assertNotIn("Introuvable", self._certificate(registration, self.user_contractor))
        self.assertEqual(registration._get_report_base_filename(), f"Training certificate {registration.id}")
        self.assertNotIn("Introuvable", registration.display_name)

    def test_buyers_see_that_somebody_comes_and_not_who(self):
        registration = self._register(self.training, self.user_contractor, participant_id=self.person.id)
        seen = registration.with_user(self.user_buyer)
        self.assertEqual(seen.partner_id, self.contractor)
        for name in ("participant_id", "attendee_name", "person_name", "employment_id"):
            with self.assertRaises(AccessError):
                seen.read([name])

    def test_the_relay_sees_where_its_people_go(self):
        registration = self._register(self.training, self.user_contractor, participant_id=self.person.id)
        self.training.invited_ids -= self.relay
        for record in (registration, self.training):
            self.assertTrue(record.with_user(self.user_facilitator).has_access("read"))
            self.assertFalse(record.with_user(self.user_other_facilitator).has_access("read"))

    def test_training_goes_with_a_merged_person(self):
        registration = self._register(self.training, self.user_facilitator, participant_id=self.person.id)
        kept = self._new_participant(lastname="Introuvable-Modèle")
        kept._absorb(self.person)
        self.assertEqual(registration.participant_id, kept)

    def test_registered_twice_under_two_names(self):
        """Two records of one person, both registered: one seat is kept for who stays, the other tells what was."""
        kept = self._new_participant(lastname="Introuvable-Modèle")
        registrations = [
            self._register(self.training, self.user_facilitator, participant_id=person.id)
            for person in (kept, self.person)
        ]
        kept._absorb(self.person)
        self.assertEqual([registration.participant_id for registration in registrations], [kept, self.person])
