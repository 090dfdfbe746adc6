from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import CertificateCommon

MODEL = "clause.insertion.certificate"
REASON = "Heures comptées deux fois"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15")
class TestCertificate(CertificateCommon):
    """The officer closes a clause: what is certified is what the ledger says, and nobody types it."""

    def _everybody(self):
        return (
            self.user_buyer,
            self.user_purchase_manager,
            self.user_reader,
            self.user_facilitator,
            self.user_officer,
            self.user_manager,
            self.user_contractor,
            self.user_portal_relay,
            self.user_employee,
        )

    def test_certify(self):
        certificate = self._certify()
        self.assertRecordValues(self.clause, [{"state": "certified", "next_actor": False}])
        self.assertRecordValues(
            certificate,
            [
                {
                    "clause_id": self.clause.id,
                    "company_id": self.company.id,
                    "delivered_on": date(2026, 10, 15),
                    "delivered_by": self.user_officer.id,
                    "region_name": self.company.name,
                    "contractor_name": self.contractor.name,
                    "contractor_number": "35600000000048",
                    "relay_name": self.relay.name,
                    "contract_name": self.clause.contract_name,
                    "contract_object": self.clause.purchase_order_id.essential_object,
                    "lot": "Lot 4 – Peinture",
                    "clause_name": self.clause.name,
                    "lever": "execution",
                    "date_start": self.clause.date_start,
                    "date_end": self.clause.date_end,
                    "hours_due": 833,
                    "hours_validated": 100,
                    "is_sealed": True,
                    "withdrawn_on": False,
                }
            ],
        )
        self.assertRegex(certificate.code, r"^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$")

    def test_hours_are_those_of_the_ledger(self):
        """Less what was reversed, and whatever the clause's own figure was made to say."""
        line = self.declaration.line_ids
        self._reverse()
        self.assertEqual(len(line.insertion_reversal_ids), 1)
        self._change_in_the_database(self.clause, hours_validated=5000)
        self.assertEqual(self._certify().hours_validated, 0)

    def test_several_clauses_at_once(self):
        other = self._new_running_clause(partner=self.other_contractor)
        other.action_strike_balance()
        (self.clause + other).with_user(self.user_officer).action_certify()
        self.assertEqual([clause.certificate_id.hours_validated for clause in self.clause + other], [100, 0])
        self.assertEqual(other.certificate_id.contractor_name, self.other_contractor.name)

    def test_only_once_and_only_after_the_balance(self):
        running = self._new_running_clause()
        with self.assertRefused(UserError, "Strike the balance"):
            running.with_user(self.user_officer).action_certify()
        certified = self._certify().clause_id
        certified.with_user(self.user_officer).action_certify()
        self.assertEqual(len(certified.certificate_ids), 1)

    def test_the_region_certifies_and_withdraws(self):
        others = [user for user in self._everybody() if user not in (self.user_officer, self.user_manager)]
        for user in others:
            with self.assertRaises(AccessError, msg=user.login):
                self.clause.with_user(user).action_certify()
        certificate = self._certify()
        for user in others:
            with self.assertRaises(AccessError, msg=user.login):
                certificate.with_user(user).action_withdraw(REASON)
            with self.assertRaises(AccessError, msg=user.login):
                self.env["clause.insertion.withdrawal"].with_user(user).create(
                    {"certificate_id": certificate.id, "reason": REASON}
                )
        self.assertEqual(self.clause.state, "certified")

    def test_an_officer_of_another_company_does_neither(self):
        certificate = self._certify()
        elsewhere = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        stranger = self._new_user("stranger", "clause_insertion.group_clause_insertion_officer")
        stranger.write({"company_ids": [Command.set(elsewhere.ids)], "company_id": elsewhere.id})
        self.assertFalse(certificate.with_user(stranger).has_access("read"))
        with self.assertRaises(AccessError):
            certificate.with_user(stranger).action_withdraw(REASON)

    # -- doors that stay shut ------------------------------------------------------------------------

    def _forged(self):
        return {"clause_id": self.clause.id, "code": "ABCD-EFGH-JKMN-PQRS", "delivered_on": "2026-10-15"} | {
            "delivered_at": "2026-10-15 10:00:00",
            "hours_due": 5000,
            "hours_validated": 5000,
            "seal": "0" * 64,
        }

    @mute_logger("odoo.sql_db")
    def test_nobody_creates_one(self):
        defaults = {f"default_{name}": value for name, value in self._forged().items()}
        under_its_clause = {"certificate_ids": [Command.create(self._forged())]}
        for user in self._everybody():
            Certificate = self.env[MODEL].with_user(user)
            for attempt in (
                lambda Certificate=Certificate: Certificate.create(self._forged()),
                lambda Certificate=Certificate: Certificate.with_context(**defaults).create({}),
                lambda Certificate=Certificate: Certificate.name_create("ABCD-EFGH-JKMN-PQRS"),
                lambda user=user: self.clause.with_user(user).write(under_its_clause),
            ):
                with self.assertRaises(AccessError, msg=user.login):
                    attempt()
            loaded = Certificate.load(["code", "clause_id/.id"], [["ABCD-EFGH-JKMN-PQRS", str(self.clause.id)]])
            self.assertFalse(loaded["ids"], user.login)
        self.assertFalse(self.env[MODEL].search([("clause_id", "=", self.clause.id)]))

    def test_nobody_changes_copies_or_deletes_one(self):
        certificate = self._certify()
        for user in self._everybody():
            own = certificate.with_user(user)
            for name, value in (
                ("hours_validated", 5000),
                ("code", "X"),
                ("withdrawn_on", "2026-10-15"),
                ("withdrawal_reason", "Non"),
                ("seal", "X"),
                ("clause_id", self._new_clause().id),
            ):
                with self.assertRaises(AccessError, msg=(user.login, name)):
                    own.write({name: value})
                command = [Command.update(certificate.id, {name: value})]
                with self.assertRaises(AccessError, msg=(user.login, name)):
                    self.clause.with_user(user).write({"certificate_ids": command})
            for attempt in (own.unlink, own.copy):
                with self.assertRaises(AccessError, msg=user.login):
                    attempt()
        with self.assertRaises(UserError):
            certificate.sudo().unlink()
        self.assertTrue(certificate.is_sealed)

    def test_a_withdrawal_stays(self):
        certificate = self._certify()
        self._withdraw(certificate)
        for values in ({"withdrawn_on": False}, {"withdrawal_reason": "Autre"}):
            with self.assertRaises(AccessError):
                certificate.with_user(self.user_manager).write(values)
        with self.assertRefused(UserError, "already withdrawn"):
            self._withdraw(certificate, "Autre")

    def test_a_clause_created_with_forged_defaults_has_no_certificate(self):
        """A draft once made the public page say "authentic": fields of the version before, and those of today."""
        forged = {
            "certificate_code": "ABCD-EFGH-JKMN-PQRS",
            "hours_certified": 5000,
            "certified_on": "2026-10-15",
            "state": "certified",
            "hours_validated": 5000,
            "certificate_ids": [Command.create({**self._forged(), "clause_id": False})],
            "certificate_id": 1,
            **{name: value for name, value in self._forged().items() if name != "clause_id"},
        }
        for user in (self.user_buyer, self.user_officer, self.user_manager):
            values = {"purchase_order_id": self._new_order().id, "trade_id": self.masonry.id}
            Clause = self.env["clause.insertion"].with_user(user)
            clause = Clause.with_context(**{f"default_{name}": value for name, value in forged.items()}).create(values)
            self.assertRecordValues(clause.sudo(), [{"state": "draft", "hours_validated": 0, "certificate_ids": []}])
            with self.assertRaises(AccessError, msg=user.login):
                Clause.create({**values, "certificate_ids": forged["certificate_ids"]})
        self.assertIsNone(self.env[MODEL]._public_answer("ABCD-EFGH-JKMN-PQRS"))

    def test_defaults_of_the_officer_are_not_certified(self):
        """The button works as superuser and keeps the context of whoever pressed it."""
        context = {f"default_{name}": value for name, value in self._forged().items()}
        context |= {"default_withdrawn_on": "2026-10-01", "default_lot": "Lot 9", "default_region_number": "X"}
        self.clause.with_user(self.user_officer).with_context(**context).action_certify()
        certificate = self.clause.certificate_id
        self.assertRecordValues(certificate, [{"hours_validated": 100, "lot": "Lot 4 – Peinture", "is_sealed": True}])
        self.assertNotEqual(certificate.code, "ABCD-EFGH-JKMN-PQRS")

    def test_figures_cannot_be_typed_before_the_button(self):
        running = self._new_running_clause()
        for user in (self.user_officer, self.user_manager):
            for values in ({"hours_validated": 5000}, {"hours_due": 5000}, {"state": "certified"}):
                with self.assertRaises(UserError, msg=(user.login, values)):
                    running.with_user(user).write(values)

    @mute_logger("odoo.sql_db")
    def test_a_code_is_given_once_and_a_clause_has_one_that_is_valid(self):
        certificate = self._certify()
        values = {**self._forged(), "code": certificate.code, "clause_id": self._new_running_clause().id}
        for forged in (values, self._forged()):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env[MODEL].sudo().create(forged)

    def test_a_copy_is_not_certified(self):
        self._certify()
        self.assertFalse(self.clause.copy({"state": "draft"}).certificate_ids)

    def test_a_cancelled_purchase_leaves_the_certificate(self):
        self._certify()
        self.clause.purchase_order_id.button_cancel()
        self.assertEqual(self.clause.state, "certified")
        self.assertTrue(self.clause.certificate_id)

    # -- withdrawn -----------------------------------------------------------------------------------

    def test_withdraw_with_a_reason(self):
        certificate = self._certify()
        for blank in (None, "", "  "):
            action = certificate.with_user(self.user_officer).action_withdraw(blank)
            self.assertEqual(action["res_model"], "clause.insertion.withdrawal")
        self.assertEqual(self.clause.with_user(self.user_officer).action_withdraw_certificate(), action)
        self.assertFalse(certificate.withdrawn_on)
        wizard = self.env["clause.insertion.withdrawal"].with_user(self.user_officer)
        wizard = wizard.with_context(**action["context"]).create({"reason": REASON})
        with freeze_time("2026-11-02"):
            wizard.action_confirm()
        self.assertRecordValues(
            certificate,
            [
                {
                    "withdrawn_on": date(2026, 11, 2),
                    "withdrawn_by": self.user_officer.id,
                    "withdrawal_reason": REASON,
                    "is_sealed": True,
                }
            ],
        )
        self.assertRecordValues(self.clause, [{"state": "done", "certificate_id": False, "next_actor": "officer"}])

    def test_corrected_and_certified_again(self):
        first = self._certify()
        self._withdraw(first)
        self._reverse()
        second = self._certify()
        self.assertNotEqual(first.code, second.code)
        self.assertEqual((first.hours_validated, second.hours_validated), (100, 0))
        self.assertEqual(self.clause.certificate_ids, second + first)
        answers = [self.env[MODEL]._public_answer(certificate.code) for certificate in (first, second)]
        self.assertEqual([answer["verdict"] for answer in answers], ["withdrawn", "valid"])
        self.assertEqual(self.clause.with_user(self.user_officer).action_open_certificates()["res_model"], MODEL)
        withdrawn = self.env["clause.insertion"].search([("certificate_ids.withdrawn_on", "!=", False)])
        self.assertIn(self.clause, withdrawn)

    def test_the_contractor_is_told(self):
        certificate = self._certify()
        self._withdraw(certificate)
        told = self.clause.message_ids.filtered(lambda message: self.user_contractor.partner_id in message.partner_ids)
        self.assertEqual(len(told), 1)
        for said in (certificate.code, REASON):
            self.assertIn(said, told.body)
        self.assertNotIn("Introuvable", told.body)

    # -- who reads -----------------------------------------------------------------------------------

    def test_who_reads(self):
        """Of a contractor and of a relay, its own, withdrawn ones too; and nobody's name with them."""
        certificate = self._certify()
        self._withdraw(certificate)
        readers = (self.user_buyer, self.user_reader, self.user_officer, self.user_facilitator)
        for user in (*readers, self.user_contractor, self.user_portal_relay):
            self.assertEqual(self.env[MODEL].with_user(user).search([("id", "=", certificate.id)]), certificate)
            for operation in ("write", "unlink", "create"):
                self.assertFalse(certificate.with_user(user).has_access(operation), (user.login, operation))
        for user in (self.user_contractor, self.user_portal_relay):
            for name in ("delivered_by", "withdrawn_by"):
                with self.assertRaises(AccessError, msg=(user.login, name)):
                    certificate.with_user(user).read([name])
        for user in (self.user_other_contractor, self.user_other_portal_relay, self.user_other_facilitator):
            self.assertFalse(self.env[MODEL].with_user(user).search([("id", "=", certificate.id)]), user.login)
