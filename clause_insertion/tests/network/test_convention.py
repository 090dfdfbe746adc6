from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestConvention(InsertionCommon):
    """The officer records what was agreed with a relay: what is proposed, what is refused, what follows."""

    def test_proposed_values(self):
        """The officer chooses a relay and a start: a year, the relay's territories and the Region's text follow."""
        form = Form(self.env["clause.insertion.convention"].with_user(self.user_officer))
        form.partner_id = self.relay
        form.date_start = "2009-04-01"
        self.assertEqual(str(form.date_end), "2010-03-31")
        convention = form.save()
        self.assertRegex(convention.name, r"^CV/2026/\d{4}$")
        self.assertEqual(convention.territory_ids, self.vienne)
        self.assertEqual(convention.months, 12)
        self.assertEqual(str(convention.notice_date), "2009-12-31")
        self.assertEqual(convention.state, "draft", "it is not signed")
        self.assertIn("{relais}", convention.body)
        self.assertIn("Promouvoir", convention.relay_missions)

    def test_saved_end_stays(self):
        convention = self._new_convention(date_start="2013-04-01", date_end="2016-03-31")
        convention.date_start = "2013-05-01"
        self.assertEqual(str(convention.date_end), "2016-03-31")
        self.assertEqual(convention.months, 35)

    def test_several_years_and_a_name_of_its_own(self):
        convention = self._new_convention(name="Convention 2013-2016", date_start="2013-04-01", date_end="2016-03-31")
        self.assertEqual(convention.name, "Convention 2013-2016")
        self.assertEqual(convention.months, 36)
        self.assertIn(self.relay.name, convention.display_name)

    def test_a_copy_is_a_new_agreement(self):
        """What was agreed is copied, what happened since is not: signature, notice, reminders, number."""
        convention = self._new_convention(
            renewal_kind="tacit", denounced_on="2026-10-01", territory_ids=(self.vienne | self.charente).ids
        )
        again = convention.with_user(self.user_officer).copy({"date_start": "2028-04-01", "date_end": "2029-03-31"})
        self.assertEqual(again.territory_ids, convention.territory_ids)
        self.assertRecordValues(
            again,
            [
                {
                    "renewal_kind": "tacit",
                    "state": "draft",
                    "date_signed": False,
                    "denounced_on": False,
                    "renewal_of_id": False,
                    "renews_tacitly": True,
                }
            ],
        )
        self.assertNotEqual(again.name, convention.name)

    def test_from_the_directory(self):
        """A relay's form leads to its conventions."""
        convention = self._new_convention()
        self._new_convention(self.other_relay)
        relay = self.relay.with_user(self.user_officer)
        self.assertEqual(relay.insertion_convention_count, 1)
        action = relay.action_open_insertion_conventions()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), convention)

    # -- refused -------------------------------------------------------------------------------------

    def test_end_before_start(self):
        with self.assertRefused(IntegrityError, "dates_order"):
            self._new_convention(date_end="2026-03-31").flush_recordset()

    def test_only_with_a_relay(self):
        with self.assertRefused(ValidationError, "with a relay"):
            self._new_convention(self.contractor)

    def test_no_signature_in_the_future(self):
        self._new_convention(date_signed="2026-10-05")
        with self.assertRefused(ValidationError, "today at the latest"):
            self._new_convention(self.other_relay, date_signed="2026-10-06")

    def test_no_negative_number(self):
        with self.assertRefused(IntegrityError, "numbers_positive"):
            self._new_convention(hours_objective=-1).flush_recordset()

    def test_circular_renewal(self):
        first = self._new_convention(date_start="2024-04-01")
        second = self._new_convention(date_start="2025-04-01", renewal_of_id=first.id)
        with self.assertRefused(ValidationError, "cannot renew itself"):
            first.renewal_of_id = second
        with self.assertRefused(ValidationError, "cannot renew itself"):
            second.renewal_of_id = second

    def test_renewal_starts_later_and_is_alone(self):
        first = self._new_convention(date_start="2024-04-01")
        with self.assertRefused(ValidationError, "starts after"):
            self._new_convention(date_start="2023-04-01", renewal_of_id=first.id)
        self._new_convention(date_start="2025-04-01", renewal_of_id=first.id)
        with self.assertRefused(IntegrityError, "one_renewal"):
            self._new_convention(date_start="2026-04-01", renewal_of_id=first.id).flush_recordset()

    def test_overlap_on_the_same_territory(self):
        self._new_convention()
        same = {"territory_ids": self.vienne.ids}
        with self.assertRefused(ValidationError, r"Vienne.*already covered.*03/31/2027"):
            self._new_convention(self.other_relay, date_start="2027-03-31", **same)
        self._new_convention(self.other_relay, date_start="2027-04-01", **same)
        self._new_convention(self.other_relay, date_start="2026-05-01", territory_ids=self.charente.ids)

    def test_overlap_on_purpose(self):
        self._new_convention()
        intended = {"territory_ids": self.vienne.ids, "overlap_intended": True}
        shared = self._new_convention(self.other_relay, date_start="2026-05-01", **intended)
        with self.assertRaises(ValidationError):
            shared.overlap_intended = False

    def test_a_renewal_may_take_its_place_earlier(self):
        first = self._new_convention()
        renewal = self._new_convention(date_start="2026-10-01", date_end="2029-09-30", renewal_of_id=first.id)
        self.assertEqual((first.state, renewal.state), ("renewed", "running"))

    def test_state_follows_dates_alone(self):
        convention = self._new_convention().with_user(self.user_officer)
        with self.assertRaises(AccessError):
            convention.state = "expired"
        with self.assertRaises(AccessError):
            self.env["clause.insertion.convention"].with_user(self.user_officer).create(
                {"partner_id": self.relay.id, "state": "running"}
            )

    def test_signed_convention_is_kept(self):
        convention = self._new_convention()
        with self.assertRefused(UserError, "draft"):
            convention.with_user(self.user_officer).unlink()
        self._new_convention(self.other_relay, date_signed=False).with_user(self.user_officer).unlink()

    # -- amendments and money ------------------------------------------------------------------------

    def test_amendment_moves_the_end(self):
        convention = self._new_convention().with_user(self.user_officer)
        convention.amendment_ids = [(0, 0, {"name": "Prolongation", "date_end": "2027-09-30"})]
        self.assertEqual(str(convention.date_end), "2027-09-30")
        self.assertEqual(str(convention.notice_date), "2027-06-30")
        convention.amendment_ids.date_end = "2027-12-31"
        self.assertEqual(str(convention.date_end), "2027-12-31")
        with self.assertRefused(UserError, "kept"):
            convention.amendment_ids.unlink()

    def test_an_amendment_may_leave_the_end_alone(self):
        """And as long as nothing is signed, it can be taken back."""
        convention = self._new_convention(date_signed=False).with_user(self.user_officer)
        convention.amendment_ids = [(0, 0, {"name": "Missions", "note": "Une visite par chantier."})]
        self.assertEqual(str(convention.date_end), "2027-03-31")
        convention.amendment_ids.unlink()
        self.assertFalse(convention.amendment_ids)

    def test_instalments(self):
        convention = self._new_convention(financing="grant", amount=60_000).with_user(self.user_officer)
        convention.instalment_ids = [
            (0, 0, {"date_due": "2026-05-01", "amount": 40_000, "paid_on": "2026-05-12"}),
            (0, 0, {"date_due": "2027-04-01", "amount": 20_000}),
        ]
        with self.assertRefused(UserError, "paid"):
            convention.instalment_ids[0].unlink()
        convention.instalment_ids[1].unlink()
        with self.assertRefused(IntegrityError, "amount_positive"):
            convention.instalment_ids.create({"convention_id": convention.id, "date_due": "2026-06-01", "amount": 0})
