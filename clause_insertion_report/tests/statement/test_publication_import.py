import base64

from odoo.tests import freeze_time, tagged

from ..common import TODAY, FiguresCommon


@tagged("post_install", "-at_install")
class TestPublicationAndImport(FiguresCommon):
    """Hours taken over with dates of the past would change, without a trace, what was published of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna, cls.chloe = cls._hire(cls.north), cls._hire(cls.south)
        cls._work(cls.north, {cls.anna: 8.4})

    def _publish(self, **values):
        with freeze_time("2026-01-20 09:00:00"):
            question = self.env["clause.insertion.statement"].with_user(self.user_officer)
            question.create({"year": 2025, **values}).action_publish()

    def _taken_over(self, clause, person, month, validated_on):
        header = "titulaire;clause;participant;mois;heures;validé le"
        row = f"{clause.partner_id.name};{clause.name};{person.name};{month};7;{validated_on}"
        with freeze_time(TODAY):
            record = (
                self.env["clause.insertion.import"]
                .with_user(self.user_officer)
                .create({"kind": "taken_over", "file": base64.b64encode(f"{header}\n{row}".encode())})
            )
            record.action_import()
        return record

    def assertRefusedAsPublished(self, record):
        self.assertEqual(record.state, "failed")
        self.assertRegex(record.error_ids.problem, r"^The figures of 2025 are published")
        self.assertIn("relay validates", record.error_ids.expected)

    def test_a_published_year_is_not_added_to(self):
        before = self._taken_over(self.south, self.chloe, "11/2025", "05/12/2025")
        self.assertEqual(before.state, "done", before.error_ids.mapped("problem"))
        self._publish()
        self.assertRefusedAsPublished(self._taken_over(self.south, self.chloe, "12/2025", "05/01/2026"))

    def test_a_year_that_is_not_published_is(self):
        self._publish(year=2024)
        self.assertEqual(self._taken_over(self.south, self.chloe, "11/2025", "05/12/2025").state, "done")

    def test_figures_of_one_contractor(self):
        """Only its own clauses are in them."""
        self._publish(scope="partner", partner_id=self.north.partner_id.id)
        self.assertRefusedAsPublished(self._taken_over(self.north, self.anna, "11/2025", "05/12/2025"))
        if self.south.partner_id != self.north.partner_id:
            self.assertEqual(self._taken_over(self.south, self.chloe, "11/2025", "05/12/2025").state, "done")

    def test_figures_that_were_archived(self):
        """They went out all the same."""
        self._publish()
        self.env["clause.insertion.publication"].search([]).active = False
        self.assertRefusedAsPublished(self._taken_over(self.south, self.chloe, "12/2025", "05/01/2026"))
