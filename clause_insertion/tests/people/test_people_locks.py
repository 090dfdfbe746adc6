from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon


class LockCommon(InsertionCommon):
    """A person of a relay, hired by a contractor, and a stranger of another relay: who tries what is not its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant()
        cls.stranger = cls._new_participant(cls.other_relay)
        cls.employment = cls._new_employment(cls.person, cls.clause)

    def _assert_closed(self, record, values, *users):
        """Each of the values, alone, is refused to each of the users."""
        for user in users:
            for name, value in values.items():
                with self.assertRaises(AccessError, msg=f"{user.login}: {record._name} {name}"), self.cr.savepoint():
                    record.with_user(user).write({name: value})
                    self.env.flush_all()


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPersonLocks(LockCommon):
    """A relay, in the back office and on the portal, tries over RPC what no form lets it type of a person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.relay_users = cls.user_facilitator | cls.user_portal_relay
        cls.rsa = cls.env.ref("clause_insertion.public_rsa")

    def test_the_pseudonym_comes_from_the_program(self):
        self._assert_closed(self.person, {"name": "Camille"}, *self.relay_users)
        self._assert_closed(self.person.identity_ids, {"name": "Camille"}, *self.relay_users)
        typed = {"firstname": "Lou", "lastname": "Modèle", "name": "Camille"}
        for user in self.relay_users:
            Identity = self.env["clause.insertion.identity"].with_user(user)
            for identity in (Identity.create(typed), Identity.with_context(default_name="Camille").create(typed)):
                self.assertRegex(identity.name, r"^P-\d{6}$")

    def test_a_person_stays_with_its_relay_and_its_company(self):
        elsewhere = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        self.relay_users.write({"company_ids": [Command.link(elsewhere.id)]})
        moved = {"facilitator_id": self.other_relay.id, "company_id": elsewhere.id}
        self._assert_closed(self.person, moved, *self.relay_users)
        self._assert_closed(self.person.identity_ids, moved, *self.relay_users)
        for user in self.relay_users:
            for values, context in ((moved, {}), ({}, {"default_facilitator_id": self.other_relay.id})):
                People = self.env["clause.insertion.participant"].with_user(user).with_context(**context)
                with self.assertRaises(AccessError, msg=user.login), self.cr.savepoint():
                    People.create(values)

    def test_a_name_stays_with_its_person(self):
        unnamed = self.env["clause.insertion.participant"].create({"facilitator_id": self.relay.id})
        for person in (self.stranger, unnamed):
            self._assert_closed(self.person.identity_ids, {"participant_id": person.id}, *self.relay_users)
        typed = {"firstname": "Lou", "lastname": "Modèle", "participant_id": self.stranger.id}
        self.stranger.identity_ids.unlink()
        for user in self.relay_users:
            for given in (typed, {name: text for name, text in typed.items() if name != "participant_id"}):
                Identity = self.env["clause.insertion.identity"].with_user(user)
                with self.assertRaises(AccessError, msg=user.login), self.cr.savepoint():
                    Identity.with_context(default_participant_id=self.stranger.id).create(given)
        self.assertFalse(self.stranger.identity_ids)

    def test_a_proof_says_who_saw_it(self):
        proof = self.person.proof_ids
        typed = {"participant_id": self.person.id, "public_id": self.rsa.id}
        for user in self.relay_users:
            Proof = self.env["clause.insertion.proof"].with_user(user)
            with self.assertRaises(AccessError, msg=user.login):
                Proof.create({**typed, "seen_by_id": self.user_officer.id})
            seen = Proof.with_context(default_seen_by_id=self.user_officer.id).create(typed)
            self.assertEqual(seen.seen_by_id, user)
        closed = {
            "seen_by_id": self.user_officer.id,
            "participant_id": self.stranger.id,
            "public_id": self.rsa.id,
            "fresh_until": "2030-01-01",
            "facilitator_id": self.other_relay.id,
        }
        self._assert_closed(proof, closed, *self.relay_users)
        proof.with_user(self.user_portal_relay).write({"seen_on": "2026-10-01"})

    def test_a_contact_is_its_users_own(self):
        contact = {"participant_id": self.person.id, "subject": "Point sur le permis"}
        for user in self.relay_users:
            Contact = self.env["clause.insertion.contact"].with_user(user)
            for by_another in ({"user_id": self.user_officer.id}, {"facilitator_id": self.other_relay.id}):
                with self.assertRaises(AccessError, msg=user.login):
                    Contact.create({**contact, **by_another})
                (name, value), *_none = by_another.items()
                logged = Contact.with_context(**{f"default_{name}": value}).create(contact)
                self.assertEqual((logged.user_id, logged.facilitator_id), (user, self.relay))
                self._assert_closed(logged, by_another, user)
            logged.note = "Rappeler le 3"

    def test_nothing_through_the_commands_of_a_parent(self):
        identity, by_another = self.person.identity_ids, {"seen_by_id": self.user_officer.id, "public_id": self.rsa.id}
        closed = {
            "proof_ids": [Command.create(by_another)],
            "employment_ids": [Command.update(self.employment.id, {"state": "draft"})],
            "contact_ids": [Command.create({"subject": "X", "user_id": self.user_officer.id})],
        }
        self._assert_closed(identity, closed, self.user_facilitator)
        self._assert_closed(self.person, {"employment_ids": closed["employment_ids"]}, *self.relay_users)

    def test_nothing_through_an_import(self):
        People = self.env["clause.insertion.participant"].with_user(self.user_facilitator)
        result = People.load([".id", "facilitator_id/.id"], [[str(self.person.id), str(self.other_relay.id)]])
        self.assertFalse(result["ids"])
        self.assertEqual(self.person.facilitator_id, self.relay)

    def test_a_handover_is_a_fact(self):
        Handover = self.env["clause.insertion.handover"].with_user(self.user_portal_relay)
        typed = {"participant_id": self.person.id, "to_id": self.other_relay.id, "reason": "Déménagement"}
        with self.assertRefused(AccessError, "record another one"):
            Handover.create({**typed, "from_id": self.contractor.id})
        handover = Handover.with_context(default_from_id=self.contractor.id).create(typed)
        self.assertEqual((handover.from_id, handover.company_id), (self.relay, self.company))
        closed = {**typed, "from_id": self.contractor.id, "clause_id": self.clause.id, "company_id": self.company.id}
        self._assert_closed(handover, closed, self.user_portal_relay, self.user_facilitator, self.user_officer)
        back = {**typed, "to_id": self.relay.id, "reason": "Erreur"}
        Handover.with_user(self.user_other_portal_relay).create(back)
        self.assertEqual(handover.from_id, self.relay, "it says what it was")

    def test_a_handover_by_default_values_is_checked_as_well(self):
        context = {"default_participant_id": self.stranger.id, "default_to_id": self.relay.id}
        Handover = self.env["clause.insertion.handover"].with_context(**context)
        for user in (self.user_portal_relay, self.user_facilitator, self.user_contractor, self.user_officer):
            with self.assertRaises(AccessError, msg=user.login), self.cr.savepoint():
                Handover.with_user(user).create({"reason": "Je la prends"})
        self.assertEqual(self.stranger.facilitator_id, self.other_relay)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestHireLocks(LockCommon):
    """A contractor and a relay try what only the other, a button or the program decides about a work contract."""

    def _hire(self, user=None, context=None, **values):
        Employment = self.env["clause.insertion.employment"].with_user(user or self.user_contractor)
        return Employment.with_context(**(context or {})).create(
            {"participant_id": self.person.id, "clause_ids": self.clause.ids, "date_start": "2026-10-12", **values}
        )

    def _validate(self):
        declaration = self._new_declaration(self.clause, hours={self.person: 100})
        declaration.action_submit()
        declaration.with_user(self.user_portal_relay).action_validate()

    def test_a_contractor_does_not_confirm_what_it_records(self):
        for name, value in {"state": "confirmed", "active": False, "refusal": "Non"}.items():
            with self.assertRefused(AccessError, "confirmed with its button"):
                self._hire(**{name: value})
            hire = self._hire(context={f"default_{name}": value})
            self.assertRecordValues(hire, [{"state": "draft", "active": True, "refusal": False}])
            self._assert_closed(hire, {name: value}, self.user_contractor, self.user_portal_relay, self.user_officer)

    def test_a_contractor_hires_nobody_who_was_not_proposed_to_it(self):
        other_clause = self._new_running_clause()
        unknown, proposed = self._new_participant(lastname="Inconnu"), self._new_participant(lastname="Proposé")
        request = self._new_request(self.clause)
        request.with_user(self.user_portal_relay).action_propose(proposed.ids)
        for values in (
            {"participant_id": unknown.id},
            {"participant_id": unknown.id, "clause_ids": False, "employer_id": self.contractor.id},
            {"participant_id": proposed.id, "clause_ids": other_clause.ids},
            {"participant_id": self.stranger.id},
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._hire(**values)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._hire(context={"default_participant_id": unknown.id}, participant_id=unknown.id)
        self.assertEqual(self._hire(participant_id=proposed.id).sudo().participant_id, proposed)
        self.assertTrue(self._hire(clause_ids=other_clause.ids), "somebody whom it has already hired")

    def test_a_confirmed_contract_is_its_relay_s_to_correct(self):
        """Another employer or person of a confirmed contract would hand a name to that employer."""
        agency = self._new_company_partner("Intérim Solidaire (fictif)", insertion_siae_kind="ETTI")
        other = self._new_participant(lastname="Autre")
        closed = {
            "participant_id": other.id,
            "employer_id": agency.id,
            "execution_mode": "subcontract",
            "date_start": "2026-09-02",
            "clause_ids": [Command.link(self._new_running_clause().id)],
        }
        self._assert_closed(self.employment, closed, self.user_officer, self.user_manager)
        unproven = self._new_participant(lastname="Sans-Preuve", proof_ids=[])
        with self.assertRaisesRegex(UserError, "record first the proof"), self.cr.savepoint():
            self.employment.with_user(self.user_facilitator).participant_id = unproven
        self.employment.with_user(self.user_facilitator).participant_id = other

    def test_a_relay_confirms_nobody_without_a_proof(self):
        unproven = self._new_participant(lastname="Sans-Preuve", proof_ids=[])
        hire = self._hire(self.user_facilitator, participant_id=unproven.id)
        self.assertEqual(hire.state, "draft")
        self.assertEqual(self._hire(self.user_facilitator).state, "confirmed")

    def test_nobody_learns_a_name_by_pointing_at_it(self):
        person = self._new_company_partner("Madame Voisine (fictive)")
        agency = self._new_company_partner("Intérim Solidaire (fictif)", insertion_siae_kind="ETTI")
        draft = self._hire()
        with self.assertRaisesRegex(AccessError, "not yours to choose"), self.cr.savepoint():
            draft.write({"execution_mode": "provision", "employer_id": person.id})
        draft.write({"execution_mode": "provision", "employer_id": agency.id})
        for user in (self.user_portal_relay, self.user_facilitator):
            Contact = self.env["clause.insertion.contact"].with_user(user)
            for context in ({}, {"default_participant_id": self.stranger.id}):
                values = {"subject": "Appel"} if context else {"subject": "Appel", "participant_id": self.stranger.id}
                with self.assertRaisesRegex(AccessError, "not yours to choose"), self.cr.savepoint():
                    Contact.with_context(**context).create(values)

    def test_whose_contract_it_is_follows_the_person_and_the_clauses(self):
        closed = {
            "facilitator_id": self.other_relay.id,
            "contractor_ids": [Command.link(self.other_contractor.id)],
            "company_id": self.company.id,
        }
        draft = self._hire()
        self._assert_closed(draft, closed, self.user_contractor, self.user_portal_relay, self.user_officer)
        for name, value in closed.items():
            with self.assertRaises(AccessError, msg=name):
                self._hire(**{name: value})

    def test_a_contractor_corrects_its_draft_and_keeps_it(self):
        elsewhere = self._new_running_clause(partner=self.other_contractor)
        draft = self._hire()
        draft.write({"date_start": "2026-10-13", "date_end": "2026-12-31", "contract_type": "TEMPORARY"})
        given_away = {
            "participant_id": self.stranger.id,
            "clause_ids": [Command.set(elsewhere.ids)],
        }
        self._assert_closed(draft, given_away, self.user_contractor)
        with self.assertRaises(AccessError), self.cr.savepoint():
            draft.write(
                {
                    "execution_mode": "provision",
                    "employer_id": self.other_contractor.id,
                    "clause_ids": [Command.clear()],
                }
            )
        self.assertEqual((draft.participant_id, draft.clause_ids), (self.person, self.clause))

    def test_a_relay_gives_no_contract_to_another_relays_person(self):
        for user in (self.user_portal_relay, self.user_facilitator):
            self._assert_closed(self.employment, {"participant_id": self.stranger.id}, user)
            second = self._new_participant()
            self.employment.with_user(user).participant_id = second
            self.assertEqual(self.employment.participant_id, second, "its own mistake, its own correction")

    def test_what_hours_were_validated_for_no_longer_changes(self):
        agency = self._new_company_partner("Intérim Solidaire (fictif)", insertion_siae_kind="ETTI")
        self._validate()
        closed = {
            "participant_id": self._new_participant().id,
            "employer_id": agency.id,
            "execution_mode": "subcontract",
            "date_start": "2026-09-02",
        }
        for user in (self.user_facilitator, self.user_portal_relay, self.user_officer):
            self._assert_closed(self.employment, closed, user)
            self.employment.with_user(user).write({"contract_type": "FIXED_TERM_I", "end_reason": "term"})
        with self.assertRefused(AccessError, "Hours were validated under this work contract"):
            self.employment.with_user(self.user_officer).write(closed)

    def test_a_clause_joins_a_contract_under_way_and_none_of_validated_hours_leaves(self):
        other = self._new_running_clause()
        self._validate()
        contract = self.employment.with_user(self.user_facilitator)
        contract.clause_ids |= other
        with self.assertRefused(ValidationError, "Hours were validated under this work contract"):
            contract.clause_ids = other
        contract.clause_ids -= other

    def test_a_contract_lasts_for_its_validated_hours(self):
        self.employment.date_start = "2026-08-03"
        self._validate()
        contract = self.employment.with_user(self.user_officer)
        with self.assertRefused(ValidationError, "Hours were validated after that month"):
            contract.date_end = "2026-08-31"
        with self.assertRefused(UserError, "cannot end before it starts"):
            contract.date_end = "2026-08-02"
        contract.date_end = "2026-09-15"
