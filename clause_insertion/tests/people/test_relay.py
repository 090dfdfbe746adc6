from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import format_date

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestRelay(InsertionCommon):
    """Two relays work side by side: handovers both see, duplicates found without giving a name away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant(birthdate="1990-01-31", firstname="Anne-Marie", lastname="Lefèvre")

    def _hand_over(self, user, **values):
        return (
            self.env["clause.insertion.handover"]
            .with_user(user)
            .create({"to_id": self.other_relay.id, "reason": "Déménagement", **values})
        )

    # -- handovers ---------------------------------------------------------------------------------

    def test_a_person_goes_to_another_relay(self):
        handover = self._hand_over(self.user_facilitator, participant_id=self.person.id)
        self.assertEqual(self.person.facilitator_id, self.other_relay)
        for user in (self.user_facilitator, self.user_other_facilitator, self.user_portal_relay):
            self.assertTrue(handover.with_user(user).has_access("read"), user.login)
        self.assertFalse(self.person.with_user(self.user_facilitator).has_access("read"))
        self.assertEqual(self.person.with_user(self.user_other_facilitator).person_name, "Anne-Marie Lefèvre")
        self.assertIn("Déménagement", self.person.message_ids[0].body)

    def test_a_clause_goes_to_another_relay(self):
        for user in (self.user_facilitator, self.user_officer):
            clause = self._new_running_clause()
            self._hand_over(user, clause_id=clause.id)
            self.assertEqual(clause.facilitator_id, self.other_relay)

    def test_who_may_not_hand_over(self):
        for user in (self.user_other_facilitator, self.user_contractor, self.user_reader, self.user_buyer):
            with self.assertRaises(AccessError, msg=user.login):
                self._hand_over(user, participant_id=self.person.id)
        with self.assertRaises(AccessError):
            self._hand_over(self.user_officer, participant_id=self.person.id)

    def test_never_without_a_trace(self):
        with self.assertRaises(UserError):
            self.person.with_user(self.user_facilitator).facilitator_id = self.other_relay
        handover = self._hand_over(self.user_facilitator, participant_id=self.person.id)
        with self.assertRaises(AccessError):
            handover.with_user(self.user_facilitator).reason = "Autre"

    def test_to_a_relay_and_to_another_one(self):
        for partner in (self.relay, self.contractor):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._hand_over(self.user_facilitator, participant_id=self.person.id, to_id=partner.id)

    # -- the same person twice ---------------------------------------------------------------------

    def _second_record(self, relay=None):
        return self._new_participant(relay, birthdate="1990-01-31", firstname="LEFEVRE", lastname="Anne Marie")

    def test_proposed_inside_the_relay(self):
        other = self._second_record()
        identity = self.person.identity_ids.with_user(self.user_facilitator)
        self.assertEqual(identity.duplicate_ids, other.identity_ids)
        self.assertFalse(identity.followed_elsewhere)

    def test_seen_once_saved_and_asked_each_time(self):
        """Typing asks nothing; what is saved does, and is kept: a name tried after another leaves its trace."""
        Question = self.env["clause.insertion.question"]
        asked = Question.search_count([])
        form = Form(self.env["clause.insertion.identity"].with_user(self.user_other_facilitator))
        form.firstname, form.lastname = "anne marie", "lefevre"
        form.birthdate = "1990-01-31"
        self.assertFalse(form.followed_elsewhere)
        identity = form.save()
        self.assertIn(self.relay.name, identity.followed_elsewhere)
        identity.lastname = "Quelqu'un"
        identity.phone = "05 49 00 00 00"
        questions = Question.search([], limit=Question.search_count([]) - asked)
        self.assertEqual(questions.mapped("is_known"), [False, True])
        self.assertEqual(questions.user_id, self.user_other_facilitator)

    def test_relays_alone_ask(self):
        """A contractor, which says in a form that it is the person's relay, learns nothing."""
        key = {"firstname": "Anne-Marie", "lastname": "Lefèvre", "birthdate": "1990-01-31"}
        for user in (self.user_contractor, self.user_officer):
            person = (
                self.env["clause.insertion.identity"]
                .with_user(user)
                .new({**key, "facilitator_id": user.commercial_partner_id.id})
            )
            self.assertFalse(person.followed_elsewhere or person.duplicate_ids, user.login)
            self.assertFalse(person._ask_elsewhere(), user.login)

    def test_so_many_questions_a_day(self):
        self.env["clause.insertion.parameter"].create(
            {"code": "questions_per_day", "date_from": "2026-01-01", "value": 2, "company_id": self.company.id}
        )
        Identity = self.env["clause.insertion.identity"].with_user(self.user_portal_relay)
        for lastname in ("Un", "Deux"):
            Identity._already_known({"firstname": "Lou", "lastname": lastname, "birthdate": "1990-01-31"})
        with self.assertRaisesRegex(UserError, "asked about 2 people today"):
            Identity._already_known({"firstname": "Lou", "lastname": "Trois", "birthdate": "1990-01-31"})
        with self.assertRaisesRegex(UserError, "asked about 2 people today"):
            Identity.create({"firstname": "Lou", "lastname": "Trois"})

    def test_across_relays_only_that_somebody_is_followed(self):
        elsewhere = self._second_record(self.other_relay).identity_ids.with_user(self.user_other_facilitator)
        self.assertFalse(elsewhere.duplicate_ids)
        self.assertEqual(
            elsewhere.followed_elsewhere,
            f"Already followed by {self.relay.name} since {format_date(elsewhere.env, self.person.create_date)}.",
        )
        self.assertNotIn("Lefèvre", elsewhere.followed_elsewhere)
        self.assertNotIn(self.person.name, elsewhere.followed_elsewhere)

    def test_another_birth_date_is_another_person(self):
        other = self._new_participant(birthdate="1991-01-31", firstname="Anne-Marie", lastname="Lefèvre")
        self.assertFalse(other.identity_ids.duplicate_ids)

    def test_merge_keeps_the_ledger(self):
        other = self._second_record()
        employment = self._new_employment(other, self.clause)
        declaration = self._new_declaration(self.clause, hours={other: 120})
        declaration.action_submit()
        declaration.with_user(self.user_facilitator).action_validate()
        pseudonym = other.name
        self.person.identity_ids.with_user(self.user_facilitator).action_merge_duplicates()
        self.assertEqual(self.clause.hours_validated, 120)
        self.assertEqual(employment.participant_id, self.person)
        by_person = dict(
            self.env["account.analytic.line"]._read_group(
                [("clause_insertion_id", "=", self.clause.id)], ["insertion_participant_id"], ["unit_amount:sum"]
            )
        )
        self.assertEqual(by_person, {self.person: 120, other: 0})
        self.assertFalse(other.active)
        self.assertFalse(other.identity_ids, "the name is kept once")
        self.assertEqual(other.name, pseudonym)

    def test_merge_is_the_relays_own(self):
        self._second_record()
        for user in (self.user_other_facilitator, self.user_officer, self.user_contractor):
            with self.assertRaises(AccessError, msg=user.login):
                self.person.identity_ids.with_user(user).action_merge_duplicates()

    def test_nothing_to_merge(self):
        with self.assertRaises(UserError):
            self.person.identity_ids.with_user(self.user_facilitator).action_merge_duplicates()

    # -- contacts ----------------------------------------------------------------------------------

    def test_contacts_stay_with_the_relay(self):
        contact = (
            self.env["clause.insertion.contact"]
            .with_user(self.user_facilitator)
            .create({"participant_id": self.person.id, "subject": "Point sur le permis"})
        )
        self.assertEqual(contact.facilitator_id, self.relay)
        for user in (self.user_other_facilitator, self.user_officer, self.user_contractor, self.user_reader):
            self.assertFalse(contact.with_user(user).has_access("read"), user.login)
