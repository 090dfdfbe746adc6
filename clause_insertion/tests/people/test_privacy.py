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
