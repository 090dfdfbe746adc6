from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestMergedContacts(InsertionCommon):
    """A company was recorded twice, and did the same things under both names: they become one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.twin = cls._new_company_partner("Bâtisseurs du Seuil SARL (fictif)")

    def _merge(self):
        Merge = self.env["base.partner.merge.automatic.wizard"].with_user(self.env.ref("base.user_admin"))
        Merge.create({})._merge((self.contractor | self.twin).ids, self.contractor)
        self.env.invalidate_all()
        self.assertFalse(self.twin.exists())

    def test_the_first_signature_of_a_charter_is_kept(self):
        signed = [(self.contractor, "2026-09-02"), (self.twin, "2026-09-01")]
        charter = self.env["clause.insertion.charter"].create(
            {
                "name": "Charte (fictive)",
                "signatory_ids": [(0, 0, {"partner_id": who.id, "date_signed": day}) for who, day in signed],
            }
        )
        self._merge()
        self.assertRecordValues(charter.signatory_ids, [{"partner_id": self.contractor.id}])
        self.assertEqual(str(charter.signatory_ids.date_signed), "2026-09-01")
        self.assertIn("had signed on 09/02/2026", charter.message_ids[0].body)

    def test_a_tutor_registered_twice_came_once(self):
        training = self._new_training(audience="tutors")
        tutors = [(self.contractor, "Dominique Exemple"), (self.twin, "DOMINIQUE EXEMPLE"), (self.twin, "Lou Exemple")]
        rows = self.env["clause.insertion.training.registration"].create(
            [{"training_id": training.id, "partner_id": who.id, "attendee_name": name} for who, name in tutors]
        )
        rows[1].write({"state": "attended", "hours": 7})
        self._merge()
        self.assertEqual(rows.partner_id, self.contractor)
        self.assertEqual(rows.mapped("state"), ["cancelled", "attended", "registered"])
