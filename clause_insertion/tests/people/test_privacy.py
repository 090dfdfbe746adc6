from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon

NAME = "Zéphyrine"
PATHS = {
    "clause.insertion.participant": ("identity_ids.firstname", "identity_id.firstname", "person_name"),
    "clause.insertion.employment": ("participant_id.identity_ids.firstname", "person_name"),
    "account.analytic.line": ("insertion_participant_id.identity_ids.firstname", "insertion_person_name"),
    "clause.insertion.declaration": ("line_ids.insertion_participant_id.identity_ids.firstname",),
    "clause.insertion": ("line_ids.insertion_participant_id.identity_ids.firstname",),
}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestPrivacy(InsertionCommon):
    """Nobody but the relay, and the employer while it employs, reaches a name by any path."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant(firstname=NAME, lastname="Exemple")
        cls._new_employment(cls.person, cls.clause)
        cls.declaration = cls._new_declaration(cls.clause, hours={cls.person: 100})
        cls.declaration.action_submit()
        cls.outsiders = (
            cls.user_buyer
            | cls.user_reader
            | cls.user_officer
            | cls.user_manager
            | cls.user_employee
            | cls.user_other_facilitator
            | cls.user_other_contractor
            | cls.user_other_portal_relay
        )

    def _finds(self, user, model, path):
        try:
            return bool(self.env[model].with_user(user).search([(path, "ilike", NAME)]))
        except (AccessError, ValueError, NotImplementedError):
            return False

    def test_no_search_by_name(self):
        for user in self.outsiders:
            for model, paths in PATHS.items():
                for path in paths:
                    self.assertFalse(self._finds(user, model, path), f"{user.login}: {model} {path}")

    def test_no_grouping_by_name(self):
        for user in self.outsiders:
            for model, groupby in (
                ("clause.insertion.participant", "identity_ids"),
                ("account.analytic.line", "insertion_participant_id.identity_ids"),
                ("account.analytic.line", "insertion_participant_id.person_name"),
            ):
                try:
                    rows = self.env[model].with_user(user).formatted_read_group([], [groupby], ["__count"])
                except (AccessError, ValueError):
                    continue
                self.assertNotIn(NAME, str(rows), f"{user.login}: {model} by {groupby}")

    def test_no_reading_nor_export(self):
        self.outsiders.filtered(lambda user: not user.share).group_ids += self.env.ref("base.group_allow_export")
        paths = ["name", "display_name", "person_name", "identity_id/firstname", "identity_ids/lastname"]
        for user in self.outsiders:
            person = self.person.with_user(user)
            for path in paths:
                try:
                    found = str(person.export_data([path]))
                except UserError:  # of rights, on the model or on exports
                    continue
                self.assertNotIn(NAME, found, f"{user.login}: {path}")

    def test_an_officer_reads_the_pseudonym(self):
        line = self.declaration.line_ids.with_user(self.user_officer)
        self.assertEqual(line.insertion_participant_id.display_name, self.person.name)
        with self.assertRaises(AccessError):
            line.read(["insertion_person_name"])

    def test_another_relay_gets_no_name_from_the_shared_field(self):
        """A person of one relay may work on the clause of another's territory: the pseudonym is what is shared."""
        self.clause.sudo().facilitator_id = self.other_relay
        line = self.declaration.line_ids.with_user(self.user_other_facilitator)
        self.assertFalse(line.insertion_person_name)
        self.assertEqual(
            self.declaration.line_ids.with_user(self.user_contractor).insertion_person_name, f"{NAME} Exemple"
        )

    def test_cache_does_not_leak_between_users(self):
        self.assertTrue(self.person.with_user(self.user_facilitator).person_name)
        with self.assertRaises(AccessError):
            _name = self.person.with_user(self.user_officer).person_name

    def test_other_internal_users_see_no_person_on_timesheets(self):
        """Not even where a buyer chose a project that every employee sees."""
        self.clause.project_id.privacy_visibility = "employees"
        line = self.declaration.line_ids.with_user(self.user_employee)
        for field in ("insertion_participant_id", "insertion_employment_id", "insertion_warnings"):
            with self.assertRaises(AccessError):
                line.read([field])
        self.assertNotIn(NAME, str(line.read()))

    def test_an_employer_is_not_told_why_a_person_is_eligible(self):
        person = self.person.with_user(self.user_contractor)
        for field in ("public_ids", "prescriber_id", "education_level", "exit_kind"):
            with self.assertRaises(AccessError):
                person.read([field])
        self.assertFalse(self.env["clause.insertion.proof"].with_user(self.user_contractor).search([]))

    def test_chatter_and_notifications_carry_pseudonyms(self):
        records = self.person, self.person.employment_ids, self.declaration, self.clause
        for record in records:
            text = " ".join(record.message_ids.mapped("body")) + " ".join(
                record.message_ids.mapped(lambda message: message.record_name or "")
            )
            self.assertNotIn(NAME, text, record._name)

    # -- what is said and kept of a person -----------------------------------------------------------

    def test_what_a_relay_writes_of_a_person_is_read_by_no_one_else(self):
        said = f"{NAME} cherche une garde d'enfant"
        note = self.person.with_user(self.user_facilitator).message_post(body=said)
        self.person.with_user(self.user_facilitator).activity_schedule("mail.mail_activity_data_todo", summary=NAME)
        activity = self.person.activity_ids
        self.assertTrue(note.with_user(self.user_facilitator).has_access("read"))
        for user in self.outsiders | self.user_contractor:
            messages = self.env["mail.message"].with_user(user)
            self.assertFalse(messages.search([("model", "=", self.person._name), ("res_id", "=", self.person.id)]))
            self.assertFalse(note.with_user(user).has_access("read"), user.login)
            self.assertFalse(activity.with_user(user).has_access("read"), user.login)
            self.assertFalse(self._finds(user, self.person._name, "message_ids.body"), user.login)

    def test_only_its_relay_follows_a_person(self):
        """Odoo lets whoever reads a record follow it, and then sends it all that is said there."""
        for user in (self.user_reader, self.user_officer, self.user_contractor, self.user_facilitator):
            self.person.with_user(user).message_subscribe(user.partner_id.ids)
        self.assertEqual(self.person.message_partner_ids, self.user_facilitator.partner_id)
        said = f"{NAME} cherche une garde d'enfant"
        note = self.person.with_user(self.user_facilitator).message_post(body=said, message_type="comment")
        for user in (self.user_reader, self.user_officer, self.user_contractor):
            self.assertFalse(note.with_user(user).has_access("read"), user.login)

    def test_the_relay_before_follows_no_longer(self):
        self.person.message_subscribe(self.user_facilitator.partner_id.ids)
        self.person.with_user(self.user_facilitator).activity_schedule("mail.mail_activity_data_todo", summary="Appel")
        self.env["clause.insertion.handover"].with_user(self.user_facilitator).create(
            {"participant_id": self.person.id, "to_id": self.other_relay.id, "reason": "Déménagement"}
        )
        self.assertFalse(self.person.message_partner_ids)
        self.assertFalse(self.person.activity_ids)

    def test_nobody_sees_who_follows_a_person(self):
        self.person.message_subscribe(self.user_facilitator.partner_id.ids)
        for user in self.outsiders.filtered(lambda user: user._is_internal()):
            followers = self.env["mail.followers"].with_user(user)
            self.assertFalse(followers.search([("res_model", "=", self.person._name)]), user.login)

    def test_what_is_attached_to_a_person_is_its_relay_s(self):
        for record in (self.person, self.person.identity_ids, self.person.employment_ids):
            file = self.env["ir.attachment"].create(
                {"name": f"{NAME}.txt", "raw": NAME, "res_model": record._name, "res_id": record.id}
            )
            self.assertTrue(file.with_user(self.user_facilitator).has_access("read"), record._name)
            for user in self.outsiders | self.user_contractor:
                self.assertFalse(file.with_user(user).has_access("read"), f"{user.login}: {record._name}")
                self.assertFalse(self.env["ir.attachment"].with_user(user).search([("id", "=", file.id)]))

    def test_messages_are_not_searched_through_the_record(self):
        """Odoo asks nothing of whoever searches messages through the record that they are about."""
        said = "À surveiller"
        self.clause.message_post(body=said, message_type="comment", subtype_xmlid="mail.mt_note")
        for path in ("message_ids.body", "website_message_ids.body"):
            with self.assertRaises(AccessError):
                self.env["clause.insertion"].with_user(self.user_contractor).search([(path, "ilike", "surveiller")])
            self.assertTrue(
                self.env["clause.insertion"].with_user(self.user_officer).search([(path, "ilike", "surveiller")])
            )
