from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import InsertionCommon

REGISTRATION = "clause.insertion.training.registration"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestNetworkLocks(InsertionCommon):
    """A convention runs, a charter is signed, a session is open; the officer, who writes them all, tries the rest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.convention = cls._new_convention(renewal_kind="tacit").with_user(cls.user_officer)
        cls.other_convention = cls._new_convention(cls.other_relay).with_user(cls.user_officer)
        cls.charter = cls.convention.env["clause.insertion.charter"].create(
            {
                "name": "Charte",
                "body": "<p>Texte</p>",
                "signatory_ids": [(0, 0, {"partner_id": partner.id}) for partner in (cls.relay, cls.other_relay)],
            }
        )
        cls.signatory = cls.charter.signatory_ids[0]
        cls.meeting = cls._new_meeting(decision_ids=[(0, 0, {"name": "Décision"})]).with_user(cls.user_officer)
        cls.training = cls._new_training(cls.relay, cls.contractor).with_user(cls.user_officer)

    def _assert_locked(self, record, *names, **values):
        """None of the fields can be given another value, alone or with others."""
        values |= {name: record.sudo()[name] or False for name in names}
        for name, value in values.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                record.write({name: value.id if hasattr(value, "ids") else value})

    def _assert_not_created(self, model, values, **locked):
        for name, value in locked.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.convention.env[model].create({**values, name: value})

    # -- conventions ---------------------------------------------------------------------------------

    def test_dates_and_signatures_decide_of_a_convention(self):
        self._assert_locked(
            self.convention,
            *("state", "months", "notice_date", "renewal_rank", "renews_tacitly"),
            *("end_reminded_on", "notice_reminded_on"),
        )
        values = {"partner_id": self.other_relay.id, "date_start": "2030-01-01"}
        self._assert_not_created(
            self.convention._name, values, state="running", renewal_rank=2, end_reminded_on="2026-10-05"
        )
        told = {"default_state": "running", "default_end_reminded_on": "2026-10-05", "default_renewal_rank": 2}
        convention = self.convention.with_context(**told).create(values)
        self.assertRecordValues(convention, [{"state": "draft", "end_reminded_on": False, "renewal_rank": 0}])

    def test_an_import_does_not_either(self):
        with mute_logger("odoo.models"):
            result = self.convention.load(["partner_id/.id", "state"], [[str(self.other_relay.id), "running"]])
        self.assertFalse(result["ids"])
        self.assertIn("follows its dates", result["messages"][0]["message"])

    def test_what_it_renews_is_chosen_at_first(self):
        renewal = self.convention.create(
            {"partner_id": self.relay.id, "date_start": "2027-04-01", "renewal_of_id": self.convention.id}
        )
        self.assertEqual(renewal.renewal_rank, 1)
        self._assert_locked(renewal, renewal_of_id=self.other_convention.id)
        with self.assertRaises(AccessError):
            self.other_convention.renewal_ids = [(4, renewal.id)]

    def test_an_amendment_and_an_instalment_stay_with_their_convention(self):
        self.convention.amendment_ids = [(0, 0, {"name": "Avenant"})]
        self.convention.instalment_ids = [(0, 0, {"date_due": "2026-12-01", "amount": 1000})]
        for record in (self.convention.amendment_ids, self.convention.instalment_ids):
            self._assert_locked(record, "company_id", convention_id=self.other_convention.id)
            field = "amendment_ids" if "amendment" in record._name else "instalment_ids"
            with self.assertRaises(AccessError):
                self.other_convention[field] = [(4, record.id)]
        self.convention.amendment_ids.name = "Avenant n° 1"
        self.convention.instalment_ids.paid_on = "2026-12-05"

    def test_a_clause_keeps_its_convention(self):
        clause = self._new_running_clause()
        self.assertEqual(clause.convention_id, self.convention)
        for record, values in (
            (clause.with_user(self.user_officer), {"convention_id": self.other_convention.id}),
            (self.other_convention, {"clause_ids": [(4, clause.id)]}),
        ):
            with self.assertRaises(UserError):
                record.write(values)

    # -- charter -------------------------------------------------------------------------------------

    def test_a_charter_is_published_with_its_button(self):
        self._assert_locked(self.charter, state="current", date_start="2026-01-01")
        self._assert_not_created(self.charter._name, {"name": "Autre"}, state="current", date_start="2026-01-01")
        told = {"default_state": "current", "default_date_start": "2026-01-01"}
        other = self.charter.with_context(**told).create({"name": "Autre"})
        self.assertRecordValues(other, [{"state": "draft", "date_start": False}])
        self.charter.body = "<p>Pas encore signée</p>"

    def test_who_has_signed_and_what_does_not_change(self):
        self._assert_locked(
            self.signatory, "company_id", "charter_state", charter_id=self.charter.copy({"version": 2}).id
        )
        self.signatory.partner_id = self.contractor
        self.signatory.write({"date_signed": "2026-10-05", "representative": "Sa présidente"})
        with self.assertRefused(AccessError, "stays on the charter"):
            self.signatory.partner_id = self.relay
        with self.assertRefused(AccessError, "new version"):
            self.charter.body = "<p>Autre texte</p>"
        self.charter.signatory_ids[1].kind = "other"

    # -- meetings ------------------------------------------------------------------------------------

    def test_a_meeting_has_its_own_event_of_the_calendar(self):
        """It would open the minutes, or be deleted, in the place of another."""
        somebody_s = self.env["calendar.event"].create(
            {"name": "Entretien", "start": "2026-10-06 09:00:00", "stop": "2026-10-06 10:00:00"}
        )
        self._assert_locked(self.meeting, event_id=somebody_s.id)
        values = {"start": "2026-11-20 09:00:00", "stop": "2026-11-20 11:00:00"}
        self._assert_not_created(self.meeting._name, values, event_id=somebody_s.id)
        meeting = self.meeting.with_context(default_event_id=somebody_s.id).create({**values, "name": "Groupe"})
        self.assertNotEqual(meeting.event_id, somebody_s)
        meeting.name = "Groupe de travail"
        self.assertEqual(meeting.event_id.name, "Groupe de travail")
        self.assertNotEqual(meeting.copy().event_id, meeting.event_id)

    def test_a_decision_stays_with_its_meeting(self):
        other = self._new_meeting()
        self._assert_locked(self.meeting.decision_ids, "company_id", meeting_id=other.id)
        self.meeting.decision_ids.owner_id = self.relay

    # -- training ------------------------------------------------------------------------------------

    def test_a_session_is_held_with_its_button(self):
        self._assert_locked(self.training, state="done", access_token="guess")
        values = {"name": "Session", "date_start": "2026-10-20 07:00:00", "date_stop": "2026-10-20 14:00:00"}
        self._assert_not_created(self.training._name, values, state="open", access_token="guess")
        training = self.training.with_context(default_state="open").create(values)
        self.assertEqual(training.state, "draft")

    def test_the_region_records_attendance_with_its_buttons(self):
        values = {"training_id": self.training.id, "partner_id": self.contractor.id, "attendee_name": "Sam"}
        self._assert_not_created(REGISTRATION, values, state="attended")
        registration = self._register(self.training, self.user_officer, **values).with_user(self.user_officer)
        self._assert_locked(
            registration,
            *("company_id", "employment_id"),
            state="attended",
            training_id=self._new_training().id,
            partner_id=self.relay.id,
            attendee_name="Lou",
            participant_id=self._new_participant().id,
        )
        registration.write({"hours": 3, "clause_id": self._new_running_clause().id})

    def test_a_structure_registers_and_no_more(self):
        """The facilitator, the relay on the portal and the contractor name somebody: the rest is the Region's."""
        clause, person = self._new_running_clause(), self._new_participant()
        employment = self._new_employment(person, clause)
        region_s = {
            "state": "attended",
            "hours": 7,
            "clause_id": clause.id,
            "employment_id": employment.id,
            "company_id": self.company.id,
        }
        for user in (self.user_facilitator, self.user_portal_relay, self.user_contractor):
            values = {"training_id": self.training.id, "attendee_name": f"Tuteur de {user.name}"}
            for name, value in region_s.items():
                with self.subTest(user=user.login, field=name), self.assertRaises(AccessError):
                    self._register(self.training, user, **values, **{name: value})
            told = {f"default_{name}": value for name, value in region_s.items()}
            registration = self.env[REGISTRATION].with_user(user).with_context(**told).create(values)
            self.assertRecordValues(
                registration.with_env(self.env),
                [{"state": "registered", "hours": 0, "clause_id": False, "employment_id": False}],
            )
            for name, value in region_s.items():
                with self.subTest(user=user.login, written=name), self.assertRaises(AccessError):
                    registration.write({name: value})

    # -- whose it is ---------------------------------------------------------------------------------

    def test_nothing_is_handed_over_to_another_region(self):
        """The rules are asked again after the write: the officer would not read what it has written."""
        elsewhere = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        objective = self.env["clause.insertion.objective"].create({"year": 2026, "target": 1})
        template = self.env.ref("clause_insertion.convention_template_relay")
        for record, user in (
            (self.convention, self.user_officer),
            (self.charter, self.user_officer),
            (self.meeting, self.user_officer),
            (self.training, self.user_officer),
            (objective, self.user_officer),
            (template, self.user_manager),
        ):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(user).company_id = elsewhere
