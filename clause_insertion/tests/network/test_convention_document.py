import re

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestConventionDocument(InsertionCommon):
    """A signed convention is printed: in French, from the Region's own text, with what was agreed."""

    def _text(self, convention, user=None):
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(user or self.user_officer)
            ._render_qweb_html("clause_insertion.clause_insertion_convention_report", convention.ids)
        )
        return re.sub(r"[ \n]+", " ", content.decode())  # lines of the source are not lines of the page

    def test_filled_in(self):
        self.relay.write({"zip": "86000", "city": "Poitiers", "company_registry": "12345678200010"})
        convention = self._new_convention(
            financing="grant",
            amount=60_000,
            hours_objective=150_000,
            people_objective=300,
            instalment_ids=[(0, 0, {"date_due": "2026-05-01", "amount": 60_000, "note": "bilan"})],
        )
        text = self._text(convention)
        for words in (
            f"Convention {convention.name}",
            "86000 Poitiers, SIRET 12345678200010",
            "prend effet le 1er avril 2026 et se termine le 31 mars 2027 inclus",
            "préavis de 3 mois",
            "150\u00a0000 heures d'insertion validées et 300 personnes",
            "une subvention de 60\u00a0000\u00a0€",
            "1er mai 2026\u00a0: 60\u00a0000\u00a0€ (bilan)",
            "bilan annuel",
            "– Promouvoir les clauses sociales",
            "Annexe – Protection des données personnelles",
            "le 20 mars 2026",
        ):
            self.assertIn(words, text)
        self.assertNotIn("{", text.partition('<div class="page">')[2].partition("</main>")[0])

    def test_without_money_or_aims(self):
        text = self._text(self._new_convention())
        self.assertIn("échange de services", text)
        self.assertIn("aucun objectif chiffré", text)

    def test_a_service_that_is_paid_for(self):
        """What is not known yet is left to write by hand; an empty line is no mission."""
        convention = self._new_convention(
            date_signed=False,
            financing="service",
            amount=1_500.5,
            people_objective=12,
            renewal_kind="none",
            relay_missions="Promouvoir\n\n  Conseiller ",
        )
        template = convention.template_id.copy(
            {
                "body": "<p>{siret_relais}, {adresse_relais}, {date_signature}</p><p>{missions_relais}</p>"
                "<p>{financement} {objectifs} {renouvellement}</p>"
            }
        )
        convention.body = template.body
        text = self._text(convention)
        for words in (
            "…, , …",
            "– Promouvoir<br>– Conseiller</p>",
            "rémunère les prestations du relais pour un montant de 1\u00a0500,5\u00a0€.",
            ". 12 personnes Elle",
            "pas renouvelable",
        ):
            self.assertIn(words, text)

    def test_every_placeholder_is_named_to_who_writes_a_template(self):
        """And a text that uses them all can be printed."""
        template = self.env.ref("clause_insertion.convention_template_relay")
        placeholders = template.words
        self.assertIn("{relais}, {adresse_relais}", placeholders)
        template.body = f"<p>{placeholders}</p>"
        convention = self._new_convention(template_id=template.id)
        self.assertNotRegex(self._text(convention).partition('<div class="page">')[2], r"\{\w+\}")

    def test_names_are_no_html(self):
        self.relay.name = "A & B <script>"
        self.assertIn("A &amp; B &lt;script&gt;", self._text(self._new_convention()))

    def test_own_words(self):
        """A change on the template serves the conventions to come; one on a convention stays its own."""
        template = self.env.ref("clause_insertion.convention_template_relay")
        convention = self._new_convention()
        template.with_user(self.user_manager).body = "<p>Nouveau texte avec {relais}</p>"
        self.assertIn("Article 1", convention.body)
        later = self._new_convention(self.other_relay)
        self.assertIn("Nouveau texte avec " + self.other_relay.name, self._text(later))
        later.with_user(self.user_officer).body = "<p>Pour celui-ci seulement</p>"
        self.assertIn("Pour celui-ci seulement", self._text(later))

    def test_unknown_word_is_refused(self):
        template = self.env.ref("clause_insertion.convention_template_relay")
        for text in (template, self._new_convention()):
            with self.assertRefused(ValidationError, r"\{relai\}.*\{relais\}"):
                text.annex = "<p>{relai}</p>"

    def test_relay_prints_its_own(self):
        self.assertIn(self.relay.name, self._text(self._new_convention(), self.user_facilitator))


@tagged("post_install", "-at_install")
class TestConventionPdf(InsertionCommon, HttpCase):
    """The same as a PDF: the printing program runs, and asks Odoo for the styles."""

    def test_pdf_and_its_name(self):
        convention = self._new_convention()
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf("clause_insertion.clause_insertion_convention_report", convention.ids)
        self.assertEqual((kind, content[:4]), ("pdf", b"%PDF"))
        self.assertEqual(convention._get_report_base_filename(), f"Convention {convention.name}".replace("/", "-"))
