from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10")
class TestMeeting(InsertionCommon):
    """The officer calls the yearly meeting of the relays in Odoo's calendar, then notes what came out of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls._new_meeting()

    def test_in_odoo_s_calendar(self):
        event = self.meeting.event_id
        self.assertEqual((event.name, event.start), (self.meeting.name, self.meeting.start))
        self.assertEqual((event.res_model, event.res_id), (self.meeting._name, self.meeting.id))
        event.start = "2026-11-21 09:00:00"
        self.assertEqual(str(self.meeting.start), "2026-11-21 09:00:00", "moved in the calendar")
        self.assertEqual(event.user_id, self.user_officer)
        self.assertFalse(event.description, "the organizer's phone is not added to the agenda")

    def test_calendar_events_are_left_alone(self):
        """Nothing of this addon is stored on an event, so that installing changes none."""
        fields = self.env["calendar.event"]._fields.values()
        self.assertFalse([field.name for field in fields if field._module == "clause_insertion"])

    def test_invite_the_relays(self):
        """The people of the relays that have a convention today; a relay without an account is invited itself."""
        alone = self._new_relay("Relais sans compte (fictif)", self.charente)
        self._new_convention()
        self._new_convention(alone, territory_ids=self.charente.ids)
        self._new_convention(self.other_relay, date_start="2020-01-01")
        meeting = self.meeting.with_user(self.user_officer)
        for _twice in range(2):
            meeting.action_invite_relays()
            people = self.user_facilitator.partner_id | self.user_portal_relay.partner_id | alone
            self.assertEqual(meeting.invited_ids, people | self.user_officer.partner_id)
            self.assertEqual(meeting.event_id.partner_ids, meeting.invited_ids)
        states = {attendee.partner_id: attendee.state for attendee in meeting.attendee_ids}
        self.assertEqual(states[self.user_facilitator.partner_id], "needsAction")
        self.assertEqual(states[self.user_officer.partner_id], "accepted")

    def test_attendance(self):
        self.meeting.invited_ids |= self.relay | self.other_relay
        self.meeting.with_user(self.user_officer).action_all_present()
        self.meeting.present_ids -= self.other_relay
        self.assertEqual(self.meeting.present_count, 2)

    # -- decisions -----------------------------------------------------------------------------------

    def _decide(self, owner, **values):
        self.meeting.with_user(self.user_officer).decision_ids = [
            (0, 0, {"name": "Partager la fiche", "owner_id": owner.id, "date_due": "2026-12-15", **values})
        ]
        return self.meeting.decision_ids[-1:]

    def test_followed_as_an_activity(self):
        self.meeting.invited_ids |= self.user_facilitator.partner_id
        decision = self._decide(self.user_facilitator.partner_id)
        activity = decision.activity_ids
        self.assertEqual((activity.user_id, str(activity.date_deadline)), (self.user_facilitator, "2026-12-15"))
        self.assertEqual(decision.follow_up, "open")
        with freeze_time("2026-12-16"):
            decision.invalidate_recordset()
            self.assertEqual(decision.follow_up, "late")
        activity.with_user(self.user_facilitator).action_feedback("Fait")
        decision.invalidate_recordset()
        self.assertEqual(decision.follow_up, "done")

    def test_somebody_with_an_account_follows(self):
        """An owner on the portal, or who is not invited, is reminded by whoever called the meeting."""
        for owner in (self.user_portal_relay.partner_id, self.user_other_facilitator.partner_id, self.relay):
            self.assertEqual(self._decide(owner).activity_ids.user_id, self.user_officer)

    def test_a_change_moves_the_activity(self):
        decision = self._decide(self.user_officer.partner_id)
        decision.date_due = "2027-01-15"
        self.assertEqual(decision.activity_ids.mapped("date_deadline"), [decision.date_due])
        decision.with_user(self.user_officer).action_done()
        self.assertEqual(decision.follow_up, "done")

    def test_another_owner_is_reminded(self):
        self.meeting.invited_ids |= self.user_facilitator.partner_id
        decision = self._decide(self.user_officer.partner_id)
        decision.owner_id = self.user_facilitator.partner_id
        self.assertEqual(decision.activity_ids.user_id, self.user_facilitator)
        decision.date_due = False
        self.assertFalse(decision.activity_ids, "without a day it is not followed")

    def test_practices_join_the_charter(self):
        charter = self.env["clause.insertion.charter"].create({"name": "Charte", "body": "<p>Texte</p>"})
        practice = self._decide(self.relay, date_due=False, charter_id=charter.id)
        self.assertFalse(practice.activity_ids)
        self.assertFalse(practice.follow_up)
        self.assertEqual(charter.practice_ids, practice)
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "clause_insertion.clause_insertion_charter_report", charter.ids
        )
        self.assertIn("Partager la fiche", content.decode())

    def test_minutes(self):
        self.meeting.write(
            {
                "invited_ids": [(4, self.relay.id), (4, self.other_relay.id)],
                "present_ids": [(4, self.relay.id)],
                "description": "<p>Bilan de l'année</p>",
                "minutes": "<p>Le bilan est présenté.</p>",
            }
        )
        self._decide(self.relay)
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.user_facilitator)
            ._render_qweb_html("clause_insertion.clause_insertion_meeting_report", self.meeting.ids)
        )
        text = content.decode()
        for words in ("Bilan de l'année", "Le bilan est présenté.", "Partager la fiche", "12/15/2026", "11/20/2026"):
            self.assertIn(words, text)
        present, absent = text.index("Present:"), text.index("Not present:")
        self.assertTrue(present < text.index(self.relay.name) < absent < text.index(self.other_relay.name))
        self.assertEqual(self.meeting._get_report_base_filename(), f"Minutes 2026-11-20 {self.meeting.name}")

    # -- refused -------------------------------------------------------------------------------------

    def test_held_meetings_are_kept(self):
        event = self.meeting.event_id
        self.meeting.minutes = "<p>Compte rendu</p>"
        with self.assertRefused(UserError, "kept"):
            self.meeting.with_user(self.user_officer).unlink()
        self.meeting.minutes = False
        self.meeting.with_user(self.user_officer).unlink()
        self.assertFalse(event.exists(), "it leaves the calendar too")

    def test_minutes_stay_with_those_invited(self):
        self.meeting.invited_ids |= self.user_facilitator.partner_id
        self.meeting.decision_ids = [(0, 0, {"name": "Décision"})]
        for user in (self.user_facilitator, self.user_portal_relay):
            self.assertTrue(self.meeting.with_user(user).has_access("read"), "somebody of the relay is invited")
        for user in (self.user_other_facilitator, self.user_contractor, self.user_employee):
            with self.assertRaises(AccessError):
                self.meeting.with_user(user).read(["minutes"])
            with self.assertRaises(AccessError):
                self.meeting.decision_ids.with_user(user).read(["name"])

    def test_the_portal_sees_no_other_event_of_the_calendar(self):
        """A rule opens the meetings of one's structure to its colleagues: not its other events."""
        self.meeting.invited_ids |= self.user_facilitator.partner_id
        other = self.meeting.event_id.copy({"res_model_id": False, "res_id": False})
        self.assertIn(self.user_facilitator.partner_id, other.partner_ids)
        self.assertTrue(self.meeting.event_id.with_user(self.user_portal_relay).has_access("read"))
        self.assertFalse(other.with_user(self.user_portal_relay).has_access("read"))
        self.assertFalse(self.meeting.event_id.with_user(self.user_portal_relay).has_access("write"))

    def test_the_calendar_opens_no_minutes(self):
        """Any employee may add itself to an event of Odoo's calendar: it does not read the minutes for that."""
        self.meeting.minutes = "<p>Compte rendu</p>"
        event = self.meeting.event_id.with_user(self.user_other_facilitator)
        event.partner_ids |= self.user_other_facilitator.partner_id
        self.assertFalse(self.meeting.with_user(self.user_other_facilitator).has_access("read"))
        self.meeting.invited_ids |= self.relay
        self.assertIn(self.user_other_facilitator.partner_id, event.partner_ids, "it stays in the calendar")
        self.meeting.invited_ids -= self.relay
        self.assertNotIn(self.relay, event.partner_ids)
