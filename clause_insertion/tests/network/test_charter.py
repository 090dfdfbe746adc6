from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2012-03-15")
class TestCharter(InsertionCommon):
    """The Rennes basin: a charter of February 2012, 22 partners in March; then a version that all sign again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = ["relay"] + ["buyer"] * 9 + ["employment"] * 5 + ["company"] * 7
        partners = [cls.relay] + [cls._new_company_partner(f"Partenaire {number} (fictif)") for number in range(1, 22)]
        cls.charter = (
            cls.env["clause.insertion.charter"]
            .with_user(cls.user_officer)
            .create(
                {
                    "name": "Charte du bassin rennais",
                    "body": "<p>Un guichet unique.</p>",
                    "signatory_ids": [
                        (0, 0, {"partner_id": partner.id, "kind": kind})
                        for partner, kind in zip(partners, kinds, strict=True)
                    ],
                }
            )
        )
        with freeze_time("2012-02-10"):
            cls.charter.action_publish()

    def _sign(self, signatories, day="2012-03-01"):
        signatories.write({"date_signed": day, "representative": "Sa présidente"})

    def _unsigned(self, charter):
        return charter.signatory_ids.filtered(lambda signatory: not signatory.date_signed).partner_id

    def test_who_has_not_signed(self):
        self.assertEqual((self.charter.signed_count, self.charter.unsigned_count), (0, 22))
        self._sign(self.charter.signatory_ids[:19])
        self.assertEqual((self.charter.signed_count, self.charter.unsigned_count), (19, 3))
        action = self.charter.with_context(search_default_unsigned=1).action_open_signatories()
        self.assertEqual(action["context"], {"search_default_unsigned": 1})
        missing = self.env[action["res_model"]].search([*action["domain"], ("date_signed", "=", False)])
        self.assertEqual(missing.partner_id, self._unsigned(self.charter))
        self._sign(missing, "2012-03-15")
        self.assertEqual((self.charter.signed_count, self.charter.unsigned_count), (22, 0))

    def test_new_version(self):
        """The text changes: the 22 are asked again, and the first version stays as they signed it."""
        self._sign(self.charter.signatory_ids)
        second = self.charter.browse(self.charter.action_new_version()["res_id"])
        second.body = "<p>Un guichet unique, et des visites.</p>"
        self.assertEqual((second.version, second.state, second.unsigned_count), (2, "draft", 22))
        self.assertEqual(second.signatory_ids.mapped("kind"), self.charter.signatory_ids.mapped("kind"))
        self.assertEqual(self.charter.state, "current")
        second.action_publish()
        self.assertEqual(
            (self.charter.state, second.state, str(second.date_start)), ("replaced", "current", "2012-03-15")
        )
        self.assertEqual((self.charter.signed_count, second.signed_count), (22, 0))
        self._sign(second.signatory_ids[:1])
        current = [("charter_state", "=", "current"), ("date_signed", "=", False)]
        self.assertEqual(self.env["clause.insertion.charter.signatory"].search_count(current), 21)

    def test_versions_follow_the_last_one(self):
        """Also when the first one is taken up again."""
        second = self.charter.browse(self.charter.action_new_version()["res_id"])
        self.assertEqual(self.charter.action_new_version()["res_id"], second.id, "pressed again, it shows the same")
        second.action_publish()
        third = self.charter.browse(self.charter.action_new_version()["res_id"])
        self.assertEqual((second.version, third.version), (2, 3))
        third.action_publish()
        self.assertEqual((third.state, second.state), ("current", "replaced"))

    def test_two_charters_live_side_by_side(self):
        other = self.charter.create({"name": "Charte de la commande publique", "body": "<p>Texte</p>"})
        other.action_publish()
        self.assertEqual((self.charter.state, other.state), ("current", "current"))

    def test_invite_relays(self):
        """Those with a convention that runs today; who was invited already stays as it is."""
        self._new_convention(date_signed="2012-01-01", date_start="2012-01-01")
        self._new_convention(self.other_relay, date_signed="2012-01-01", date_start="2012-01-01")
        outside = self._new_relay("Relais sans convention (fictif)", self.vienne)
        self.charter.action_invite_relays()
        partners = self.charter.signatory_ids.partner_id
        self.assertEqual(len(self.charter.signatory_ids), 23)
        self.assertIn(self.other_relay, partners)
        self.assertNotIn(outside, partners)
        added = self.charter.signatory_ids.filtered(lambda signatory: signatory.partner_id == self.other_relay)
        self.assertEqual(added.kind, "relay")

    def test_pdf(self):
        self._sign(self.charter.signatory_ids[1:2])
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.user_facilitator)
            ._render_qweb_html("clause_insertion.clause_insertion_charter_report", self.charter.ids)
        )
        text = content.decode()
        for words in ("Charte du bassin rennais", "Un guichet unique.", "Partenaire 1 (fictif)", "03/01/2012"):
            self.assertIn(words, text)
        self.assertNotIn("Partenaire 2 (fictif)", text, "it has not signed")

    # -- refused -------------------------------------------------------------------------------------

    def test_what_was_signed_does_not_change(self):
        self.charter.body = "<p>Encore le temps</p>"
        self._sign(self.charter.signatory_ids[:1])
        for values in ({"body": "<p>Autre</p>"}, {"version": 7}, {"name": "Autre"}):
            with self.assertRefused(UserError, "new version"):
                self.charter.write(values)
        with self.assertRefused(UserError, "stays"):
            self.charter.signatory_ids.filtered("date_signed").unlink()
        self.charter.signatory_ids.filtered(lambda signatory: not signatory.date_signed)[0].unlink()

    def test_signatures(self):
        with self.assertRefused(ValidationError, "today at the latest"):
            self._sign(self.charter.signatory_ids[:1], "2012-03-16")
        with self.assertRefused(IntegrityError, "once"):
            self.charter.signatory_ids = [(0, 0, {"partner_id": self.relay.id})]
            self.env.flush_all()

    def test_states_have_their_buttons(self):
        with self.assertRefused(AccessError, "button"):
            self.charter.state = "draft"
        with self.assertRefused(UserError, "draft"):
            self.charter.unlink()
        draft = self.charter.browse(self.charter.action_new_version()["res_id"])
        with self.assertRaises(AccessError):
            draft.with_user(self.user_reader).action_publish()

    def test_a_draft_is_the_region_s_alone(self):
        draft = self.charter.browse(self.charter.action_new_version()["res_id"])
        for user in (self.user_facilitator, self.user_portal_relay):
            self.assertTrue(self.charter.with_user(user).has_access("read"))
            self.assertFalse(draft.with_user(user).has_access("read"))
            self.assertFalse(draft.signatory_ids.with_user(user).has_access("read"))
