import base64
import re

from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..hours.test_proof_files import image
from .erasure_common import ErasureCommon

ODOO_MODELS = ("mail.message", "mail.mail", "mail.activity", "mail.tracking.value", "mail.scheduled.message")
ODOO_MODELS += ("ir.attachment", "ir.model.data", "account.analytic.line", "res.partner")
TEXTS = ("char", "text", "html", "json")


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05 10:00:00")
class TestErasureTraces(ErasureCommon):
    """Everything that can be written about a person is, everywhere; then nothing in the database tells it any more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause(facilitator_id=cls.relay.id, date_start="2024-01-02")
        cls.person = cls._new_participant(
            firstname="Zéphyrine",
            lastname="Introuvable",
            birthdate="2001-04-05",
            phone="06 39 98 12 34",
            email="zephyrine@exemple.example",
            street="3 rue de l'Invention",
            zip="86000",
        )
        cls.pseudonym = cls.person.name
        cls.said = f"{cls.pseudonym}, soit Zéphyrine  INTROUVABLE, tél. 06.39.98.12.34, zephyrine@exemple.example"
        cls._write_everywhere()

    @classmethod
    def _write_everywhere(cls):
        said, about = cls.said, {"participant_id": cls.person.id}
        relay = cls.env(user=cls.user_facilitator)
        contract = cls._new_employment(cls.person, cls.clause, "2026-01-05", date_end="2026-09-20")
        refused = cls._new_employment(cls.person, cls.clause, "2026-09-21", date_end="2026-09-22")
        refused.write({"state": "refused", "active": False, "refusal": said})
        relay["clause.insertion.contact"].create({**about, "subject": said, "note": said})
        partner = {"partner_id": cls.contractor.id, "clause_id": cls.clause.id}
        relay["clause.insertion.contact"].create({**partner, "subject": "Point", "note": said})
        relay["clause.insertion.handover"].create({**about, "to_id": cls.other_relay.id, "reason": said})
        cls.env["clause.insertion.handover"].create({**about, "to_id": cls.relay.id, "reason": said})
        request = cls._new_request(cls.clause, description=said)
        candidate = {**about, "state": "declined", "reason": said}
        request.sudo().candidate_ids = [Command.create(candidate)]
        for record in (cls.person, contract, request, cls.clause, cls.clause.purchase_order_id, cls.relay):
            record.message_post(body=said, subject=said)
            is_about = record in (cls.person, contract)  # what other records' files hold, nobody searches
            attachment = {"name": said, "raw": said.encode() if is_about else b"Plan", "mimetype": "text/plain"}
            cls.env["ir.attachment"].create({**attachment, "res_model": record._name, "res_id": record.id})
        for record in (cls.person, contract, cls.clause):
            record.activity_schedule("mail.mail_activity_data_todo", summary=said, note=said)
        cls._write_on_hours()
        cls._send_files()
        cls.env["mail.mail"].create({"subject": said, "body_html": said, "email_to": cls.user_officer.partner_id.email})
        cls.env["ir.model.data"].create(
            {
                "module": "__export__",
                "name": f"person_{cls.pseudonym}",
                "model": cls.person._name,
                "res_id": cls.person.id,
            }
        )

    @classmethod
    def _write_on_hours(cls):
        cls.declaration = cls._new_declaration(cls.clause)
        cls.line = cls._new_line(cls.declaration, cls.person, 30, name=cls.said)
        cls._new_line(cls.declaration, cls.person, 5, name=cls.said)
        cls.declaration.with_user(cls.user_contractor)._add_proof("feuille.png", image("PNG"))
        cls.declaration.action_submit()
        cls.declaration.with_user(cls.user_facilitator).action_validate()
        cls.declaration.line_ids[1].with_user(cls.user_facilitator).action_reverse(cls.said)
        other = cls._new_declaration(cls.clause, "2026-08-01", {cls.person: 8})
        other.action_submit()
        other.with_user(cls.user_facilitator).action_refuse(cls.said)
        other.line_ids.unlink()
        cls.figures = [(line.id, line.unit_amount, line.date) for line in cls._lines()]

    @classmethod
    def _lines(cls):
        return cls.env["account.analytic.line"].search([("insertion_participant_id", "=", cls.person.id)], order="id")

    @classmethod
    def _send_files(cls):
        header = "titulaire;clause;participant;mois;heures"
        row = f"{cls.contractor.name};{cls.clause.name};{cls.pseudonym};07/2026;9"
        written = cls._file("\n".join([header, row]))
        written.with_user(cls.user_contractor).action_import()
        assert written.state == "done", written.error_ids.mapped("problem")
        written.line_ids.insertion_declaration_id.with_user(cls.user_contractor).action_submit()
        written.line_ids.insertion_declaration_id.with_user(cls.user_facilitator).action_validate()
        cls.waiting = cls._file(f"{header};nature\n{row.replace(';9', f';{cls.pseudonym}')};Introuvable, Zéphyrine")
        cls.waiting.with_user(cls.user_contractor).action_check()
        cls.other_file = cls._file(f"{header}\n{row.replace(cls.pseudonym, 'P-999999')}")

    @classmethod
    def _file(cls, text):
        values = {"kind": "declared", "filename": f"{cls.pseudonym}.csv", "file": base64.b64encode(text.encode())}
        return cls.env["clause.insertion.import"].with_user(cls.user_contractor).create(values).sudo()

    def _traces(self):
        """``[(table, column, text)]`` that still tell who the person was."""
        self.env.flush_all()
        telling = f"({self.pseudonym}|introuvable|zephyrine|zéphyrine|39[ .-]?98[ .-]?12[ .-]?34|Invention)"
        found = []
        for name, model in sorted(self.env.registry.items()):
            if not model._auto or model._abstract or not (name.startswith("clause.insertion") or name in ODOO_MODELS):
                continue
            for field in model._fields.values():
                if field.store and field.column_type and field.type in TEXTS:
                    query = "SELECT %(c)s::text FROM %(t)s WHERE %(c)s::text ~* %(who)s"
                    names = {"c": SQL.identifier(field.name), "t": SQL.identifier(model._table), "who": telling}
                    found += [(name, field.name, text) for (text,) in self.env.execute_query(SQL(query, **names))]
        return found + self._traces_in_files(telling)

    def _traces_in_files(self, telling):
        files = self.env["ir.attachment"].search([("id", "!=", 0), ("create_date", ">=", "2026-10-01")])
        files |= self.env["ir.attachment"].search(
            [("res_model", "=like", "clause.insertion%"), ("res_field", "!=", False)]
        )
        texts = [(file.res_model, file.name, (file.raw or b"").decode(errors="replace")) for file in files]
        return [found for found in texts if re.search(telling, found[2], re.IGNORECASE)]

    def test_nothing_is_left(self):
        where = {(model, field) for model, field, _text in self._traces()}
        for expected in (
            ("clause.insertion.identity", "lastname"),
            ("clause.insertion.contact", "note"),
            ("clause.insertion.candidate", "reason"),
            ("clause.insertion.employment", "refusal"),
            ("clause.insertion.recruitment", "description"),
            ("clause.insertion.import", "filename"),
            ("clause.insertion.import.error", "value"),
            ("account.analytic.line", "name"),
            ("mail.message", "body"),
            ("mail.mail", "body_html"),
            ("mail.activity", "note"),
            ("ir.attachment", "name"),
            ("ir.model.data", "name"),
        ):
            self.assertIn(expected, where, "the story writes it")
        self.assertEqual(self._ask(self.person), "")
        self.assertEqual(self._traces(), [])

    def test_the_ledger_does_not_move(self):
        hours = self.clause.hours_validated
        self._ask(self.person)
        self.assertEqual([(line.id, line.unit_amount, line.date) for line in self._lines()], self.figures_now())
        self.clause.invalidate_recordset()
        self.assertEqual(self.clause.hours_validated, hours)
        self.assertEqual(set(self._lines().mapped("name")), {self.clause.name})
        self.assertTrue(self.clause.message_ids, "what was said on the clause stays, but for the person")

    def figures_now(self):
        extra = self._lines().filtered(lambda line: line.id not in {id_ for id_, *_rest in self.figures})
        return self.figures + [(line.id, 9, line.date) for line in extra]

    def test_files(self):
        """The files that prove the months bear names; so do those of hours. Others are left alone."""
        self.assertTrue(self.declaration.attachment_ids)
        self._ask(self.person)
        self.assertFalse(self.declaration.attachment_ids)
        self.assertEqual((self.waiting.state, self.waiting.file), ("failed", False))
        self.assertTrue(self.other_file.file)

    def test_other_people_stay_as_they_are(self):
        other = self._new_participant(firstname="Zéphyr", lastname="Introuvable-Martin", phone="06 39 98 12 35")
        self.env["clause.insertion.contact"].create({"participant_id": other.id, "subject": "Zéphyr a appelé"})
        self._ask(self.person)
        self.assertEqual(other.person_name, "Zéphyr Introuvable-Martin")
        self.assertEqual(other.contact_ids.subject, "Zéphyr a appelé")
        self.assertRegex(other.name, r"^P-\d{6}$")

    def test_a_brother_keeps_his_address(self):
        shared = {name: self.person.identity_ids[name] for name in ("phone", "email", "street", "zip")}
        brother = self._new_participant(firstname="Zéphyr", lastname="Introuvable", **shared)
        self._ask(self.person)
        self.assertRecordValues(brother.identity_ids, [shared])

    def test_copies_are_not_kept_for_long(self):
        """Six months later, a parameter, the files, what was wrong in them, and e-mails are gone; the hours are not."""
        written = self._lines().insertion_import_id
        mail = self.env["mail.mail"].create({"body_html": "<p>…</p>", "model": self.clause._name, "state": "sent"})
        old = (self.waiting | written)._ids
        self.env.flush_all()
        for table in ("clause_insertion_import", "clause_insertion_import_error", "mail_mail", "mail_message"):
            self.env.cr.execute(SQL("UPDATE %s SET create_date = '2026-04-04'", SQL.identifier(table)))
        self.env.cr.execute("UPDATE ir_attachment SET create_date = '2026-04-04' WHERE res_id = ANY(%s)", [list(old)])
        self.env.invalidate_all()
        self.env["clause.insertion.import"]._gc_words()
        self.env["clause.insertion.erasure"]._gc_mails()
        self.assertFalse(self.waiting.error_ids)
        self.assertEqual((written + self.waiting).mapped("file"), [False, False])
        self.assertEqual((written + self.waiting).mapped("filename"), [False, False])
        self.assertEqual((written.state, written.line_count), ("done", 1))
        self.assertFalse(mail.exists())
