from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestDirectoryLocks(InsertionCommon):
    """Whoever keeps contacts creates and changes them as before: who is a relay is the officers' to say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_contacts = cls._new_user("contacts", "base.group_user,base.group_partner_manager")
        contact_rights = cls.env.ref("base.group_partner_manager")
        for user in (cls.user_reader, cls.user_facilitator, cls.user_officer, cls.user_manager, cls.user_buyer):
            user.group_ids |= contact_rights
        cls.others = cls.user_contacts | cls.user_reader | cls.user_facilitator | cls.user_buyer
        cls.directory = {
            "is_insertion_facilitator": True,
            "insertion_facilitator_kind": "plie",
            "insertion_territory_ids": [Command.set(cls.charente.ids)],
            "insertion_date_start": "2026-01-01",
            "insertion_date_end": "2026-12-31",
            "insertion_lang_ids": [Command.set(cls.env.ref("base.lang_es").ids)],
            "is_insertion_facilitator_person": True,
            "insertion_siae_kind": "ETTI",
            "insertion_is_esus": True,
            "insertion_is_social_economy": True,
        }
        cls.prescriber = {"is_insertion_prescriber": True, "insertion_prescriber_kind": "ML"}

    def _partners(self, user):
        return self.env["res.partner"].with_user(user)

    def test_others_make_nobody_a_relay(self):
        for user in self.others:
            for name, value in self.directory.items():
                with self.assertRaises(AccessError, msg=f"{user.login}: {name}"), self.cr.savepoint():
                    self._partners(user).browse(self.contractor.id).write({name: value})
                with self.assertRaises(AccessError, msg=f"{user.login}: {name}"), self.cr.savepoint():
                    self._partners(user).create({"name": "Relais (fictif)", name: value})
                created = self._partners(user).with_context(**{f"default_{name}": value}).create({"name": "Contact"})
                self.assertFalse(created[name], f"{user.login}: {name}")

    def test_officers_do(self):
        for user in (self.user_officer, self.user_manager):
            values = {"name": "Relais (fictif)", "is_company": True, **self.directory, **self.prescriber}
            relay = self._partners(user).create(values)
            self.assertEqual((relay.insertion_territory_ids, relay.insertion_is_esus), (self.charente, True))
            relay.write({"is_insertion_facilitator": False, "insertion_siae_kind": False})

    def test_relays_add_those_who_send_them_people(self):
        self._partners(self.user_facilitator).create({"name": "Mission locale (fictive)", **self.prescriber})
        for user in self.others - self.user_facilitator:
            for name, value in self.prescriber.items():
                with self.assertRaises(AccessError, msg=user.login), self.cr.savepoint():
                    self._partners(user).create({"name": "Mission locale (fictive)", name: value})

    def test_who_belongs_to_a_relay_is_a_manager_s_to_say(self):
        """Whoever belongs to a relay reads the names of its people, as soon as it has an account."""
        stranger = self.user_other_contractor.partner_id
        colleague = self.user_portal_relay.partner_id
        for user in self.others | self.user_officer:
            for contact, values in (
                (stranger, {"parent_id": self.relay.id}),
                (colleague, {"email": "ailleurs@example.com"}),
                (colleague, {"parent_id": False}),
                (self.other_contractor, {"is_insertion_facilitator": True}),
            ):
                with self.assertRaises(AccessError, msg=f"{user.login}: {values}"), self.cr.savepoint():
                    contact.with_user(user).write(values)
        for user in self.others:
            for context in ({}, {"default_parent_id": self.relay.id}):
                values = {"name": "Contact"} if context else {"name": "Contact", "parent_id": self.relay.id}
                with self.assertRaises(AccessError, msg=user.login), self.cr.savepoint():
                    self._partners(user).with_context(**context).create(values)
        self._partners(self.user_officer).create({"name": "Accueil (fictif)", "parent_id": self.relay.id})
        stranger.with_user(self.user_manager).parent_id = self.relay
        self.assertEqual(stranger.commercial_partner_id, self.relay)

    def test_so_is_who_has_an_account_there(self):
        contact = self._partners(self.user_officer).create(
            {"name": "Accueil (fictif)", "parent_id": self.relay.id, "email": "accueil@example.com"}
        )
        for user, is_allowed in ((self.user_contacts, False), (self.user_officer, False), (self.user_manager, True)):
            wizard = self.env["portal.wizard"].with_user(user).create({"partner_ids": [Command.set(contact.ids)]})
            if is_allowed:
                wizard.user_ids.action_grant_access()
                self.assertTrue(contact.user_ids._is_portal())
                continue
            with self.assertRaises(AccessError, msg=user.login), self.cr.savepoint():
                wizard.user_ids.action_grant_access()
            stranger = self.user_other_contractor.partner_id
            merge = self.env["base.partner.merge.automatic.wizard"].with_user(user).create({})
            with self.assertRaises(AccessError, msg=user.login), self.cr.savepoint():
                merge._merge((contact | stranger).ids, contact)

    def test_contacts_are_typed_and_duplicated_as_before(self):
        for user in self.others:
            with Form(self._partners(user).with_context(default_is_company=True)) as form:
                form.name = f"Contact de {user.login}"
            partner = form.save()
            partner.write({"zip": "86000", "company_registry": "X"})
            self.assertTrue(partner.copy())
            relay = self._partners(user).browse(self.relay.id).copy()
            self.assertFalse(relay.is_insertion_facilitator, "its copy is no relay")


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPlaceLocks(InsertionCommon):
    """Where a contract is performed, and by whom its people are followed: decided by the purchase, before it starts."""

    def _values(self):
        return {
            "facilitator_id": self.other_relay.id,
            "territory_id": self.charente.id,
            "place_zip": "16000",
            "commune_id": self.env["clause.insertion.commune"].create({"code": "16015", "name": "Angoulême"}).id,
        }

    def _assert_closed(self, clause, *users):
        for name, value in self._values().items():
            for user in users:
                with self.assertRaises(UserError, msg=f"{user.login}: {name}"), self.cr.savepoint():
                    clause.with_user(user).write({name: value})
            self.env["clause.insertion.commune"].search([]).unlink()

    def test_buyers_and_officers_until_the_contract_starts(self):
        for user in (self.user_buyer, self.user_officer):
            clause = self._new_clause(place_zip="86000").with_user(user)
            clause.territory_id = self.charente
            self.assertEqual(clause.facilitator_id, self.other_relay)
            clause.facilitator_id = self.relay
            clause.write({"place_zip": "86000"})
            created = clause.create({"purchase_order_id": self._new_order().id, "facilitator_id": self.other_relay.id})
            self.assertEqual(created.facilitator_id, self.other_relay)

    def test_a_relay_takes_no_clause_and_gives_none_away(self):
        self._assert_closed(self._new_clause(place_zip="86000"), self.user_facilitator)
        clause = self._new_running_clause(place_zip="86000")
        self._assert_closed(clause, self.user_facilitator, self.user_portal_relay, self.user_contractor)

    def test_buyers_no_longer_once_it_runs(self):
        self._assert_closed(self._new_running_clause(place_zip="86000"), self.user_buyer)

    def test_an_officer_corrects_the_place_of_a_running_clause(self):
        clause = self._new_running_clause(place_zip="86000").with_user(self.user_officer)
        clause.write({"place_zip": "16000", "territory_id": self.charente.id})
        self.assertEqual((clause.territory_id, clause.facilitator_id), (self.charente, self.relay), "the relay stays")

    def test_a_running_clause_without_a_relay_is_given_one(self):
        clause = self._new_running_clause(place_zip="86000")
        clause.facilitator_id = False
        with self.assertRaises(UserError), self.cr.savepoint():
            clause.with_user(self.user_facilitator).facilitator_id = self.relay
        clause.with_user(self.user_officer).facilitator_id = self.other_relay
        with self.assertRaises(UserError), self.cr.savepoint():
            clause.with_user(self.user_officer).facilitator_id = self.relay

    def test_a_relay_follows_another_by_a_handover_alone(self):
        clause = self._new_running_clause(place_zip="86000")
        for user in (self.user_officer, self.user_manager):
            with self.assertRaises(UserError), self.cr.savepoint():
                clause.with_user(user).facilitator_id = self.other_relay
        self.env["clause.insertion.handover"].with_user(self.user_officer).create(
            {"clause_id": clause.id, "to_id": self.other_relay.id, "reason": "Nouveau périmètre"}
        )
        self.assertEqual(clause.facilitator_id, self.other_relay)
