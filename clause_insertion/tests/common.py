import io
import json
from contextlib import contextmanager

from odoo import http
from odoo.tests import HttpCase, new_test_user
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfReader

from odoo.addons.base.tests.common import BaseCommon

PASSWORD = "motdepasse-8"


class InsertionCommon(BaseCommon):
    """A Region with two relays, two contractors and one user per role. People and companies are invented."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write({"zip": "86000", "country_id": cls.env.ref("base.fr").id})
        cls.company.currency_id = cls.env.ref("base.EUR")
        cls.vienne = cls.env.ref("clause_insertion.territory_department_86")
        cls.charente = cls.env.ref("clause_insertion.territory_department_16")
        cls.relay = cls._new_relay("Relais du Haut-Clain (fictif)", cls.vienne)
        cls.other_relay = cls._new_relay("Relais des Trois-Rivières (fictif)", cls.charente)
        cls.contractor = cls._new_company_partner("Bâtisseurs du Seuil (fictif)")
        cls.other_contractor = cls._new_company_partner("Peintres de l'Ouest (fictif)")
        cls.works = cls.env["product.product"].create({"name": "Works", "type": "service"})
        cls.masonry = cls.env.ref("clause_insertion.trade_masonry")
        cls._new_users()

    @classmethod
    def _new_company_partner(cls, name, **values):
        return cls.env["res.partner"].create({"name": name, "is_company": True, **values})

    @classmethod
    def _new_relay(cls, name, territory):
        return cls._new_company_partner(name, is_insertion_facilitator=True, insertion_territory_ids=territory.ids)

    @classmethod
    def _new_users(cls):
        insertion = "clause_insertion.group_clause_insertion_"
        cls.user_buyer = cls._new_user("buyer", "purchase.group_purchase_user")
        cls.user_purchase_manager = cls._new_user("purchase_manager", "purchase.group_purchase_manager")
        cls.user_reader = cls._new_user("reader", insertion + "user")
        cls.user_officer = cls._new_user("officer", insertion + "officer")
        cls.user_manager = cls._new_user("manager", insertion + "manager")
        cls.user_employee = cls._new_user("employee", "base.group_user,hr_timesheet.group_hr_timesheet_approver")
        cls.user_facilitator = cls._new_user("facilitator", insertion + "facilitator", cls.relay)
        cls.user_other_facilitator = cls._new_user("other_facilitator", insertion + "facilitator", cls.other_relay)
        cls.user_contractor = cls._new_user("contractor", "base.group_portal", cls.contractor)
        cls.user_other_contractor = cls._new_user("other_contractor", "base.group_portal", cls.other_contractor)
        cls.user_portal_relay = cls._new_user("portal_relay", "base.group_portal", cls.relay)
        cls.user_other_portal_relay = cls._new_user("other_portal_relay", "base.group_portal", cls.other_relay)

    @classmethod
    def _new_user(cls, login, groups, company_partner=None):
        user = new_test_user(cls.env, login=f"test_{login}", password=PASSWORD, groups=groups)
        user.partner_id.parent_id = company_partner
        return user

    @contextmanager
    def assertRefused(self, error, words):
        """Refused with that error, whose message matches; nothing of it is left (assertRaisesRegex leaves it all)."""
        with mute_logger("odoo.sql_db"), self.assertRaises(error) as refused:
            yield
        self.assertRegex(str(refused.exception), words)

    # -- what the stories need ---------------------------------------------------------------------

    @classmethod
    def _new_order(cls, amount=1_000_000, partner=None, **values):
        return cls.env["purchase.order"].create(
            {
                "partner_id": (partner or cls.contractor).id,
                "order_line": [
                    (0, 0, {"product_id": cls.works.id, "product_qty": 1, "price_unit": amount, "tax_ids": False})
                ],
                **values,
            }
        )

    @classmethod
    def _new_clause(cls, order=None, **values):
        order = order or cls._new_order()
        return cls.env["clause.insertion"].create({"purchase_order_id": order.id, "trade_id": cls.masonry.id, **values})

    @classmethod
    def _new_running_clause(cls, partner=None, **values):
        """A clause of 833 hours (1,000,000 euros, 50 %, 5 %, 30 euros an hour) whose order is confirmed."""
        clause = cls._new_clause(cls._new_order(partner=partner), **values)
        clause.purchase_order_id.button_confirm()
        return clause

    @classmethod
    def _new_participant(cls, relay=None, firstname="Camille", lastname="Exemple", **values):
        """A person known to the relay, with a fresh proof seen."""
        identity = cls.env["clause.insertion.identity"].create(
            {
                "firstname": firstname,
                "lastname": lastname,
                "facilitator_id": (relay or cls.relay).id,
                "proof_ids": [(0, 0, {"public_id": cls.env.ref("clause_insertion.public_jeune").id})],
                **values,
            }
        )
        return identity.participant_id

    @classmethod
    def _new_employment(cls, participant, clause, date_start="2026-09-01", **values):
        return cls.env["clause.insertion.employment"].create(
            {
                "participant_id": participant.id,
                "clause_ids": clause.ids,
                "date_start": date_start,
                **values,
            }
        )

    @classmethod
    def _new_declaration(cls, clause, month="2026-09-01", hours=None):
        """A draft declaration; ``hours`` is ``{participant: hours of the whole month}``."""
        declaration = cls.env["clause.insertion.declaration"].create({"clause_id": clause.id, "month": month})
        for participant, number in (hours or {}).items():
            cls._new_line(declaration, participant, number)
        return declaration

    @classmethod
    def _new_line(cls, declaration, participant, hours, **values):
        return cls.env["account.analytic.line"].create(
            {
                "insertion_declaration_id": declaration.id,
                "insertion_participant_id": participant.id,
                "unit_amount": hours,
                "date": declaration.month.replace(day=28),
                "insertion_is_monthly": True,
                **values,
            }
        )

    @classmethod
    def _new_request(cls, clause, user=None, **values):
        """A recruitment request, asked by the contractor's user unless another one is given."""
        user = user or (cls.user_contractor if clause.partner_id == cls.contractor else cls.user_other_contractor)
        return (
            cls.env["clause.insertion.recruitment"]
            .with_user(user)
            .create({"clause_id": clause.id, "job_title": "Maçon", "date_start": "2026-11-02", **values})
            .with_env(cls.env)
        )

    @classmethod
    def _new_agreement(cls, amount=1_000_000, **values):
        """A framework agreement of ``amount`` euros with the contractor."""
        return cls.env["purchase.requisition"].create(
            {
                "requisition_type": "blanket_order",
                "vendor_id": cls.contractor.id,
                "line_ids": [(0, 0, {"product_id": cls.works.id, "product_qty": 1, "price_unit": amount})],
                **values,
            }
        )

    @classmethod
    def _new_convention(cls, relay=None, **values):
        """A convention of Poitou-Charentes' kind: annual, signed, from 1 April 2026 unless said otherwise."""
        convention = cls.env["clause.insertion.convention"].create(
            {
                "partner_id": (relay or cls.relay).id,
                "date_signed": "2026-03-20",
                "date_start": "2026-04-01",
                "user_id": cls.user_officer.id,
                **values,
            }
        )
        convention.flush_recordset()  # its state is that of the frozen day
        return convention

    @classmethod
    def _new_meeting(cls, *partners, **values):
        """A meeting that the officer has called."""
        return (
            cls.env["clause.insertion.meeting"]
            .with_user(cls.user_officer)
            .create(
                {
                    "name": "Réunion annuelle des relais",
                    "start": "2026-11-20 09:00:00",
                    "stop": "2026-11-20 11:00:00",
                    "invited_ids": [(4, partner.id) for partner in (cls.user_officer.partner_id, *partners)],
                    **values,
                }
            )
            .with_env(cls.env)
        )

    @classmethod
    def _new_training(cls, *invited, **values):
        """A session of seven hours in October, open to those invited."""
        training = (
            cls.env["clause.insertion.training"]
            .with_user(cls.user_officer)
            .create(
                {
                    "name": "Accueillir une personne en insertion",
                    "audience": "all",
                    "date_start": "2026-10-20 07:00:00",
                    "date_stop": "2026-10-20 14:00:00",
                    "place": "Poitiers",
                    "invited_ids": [(4, partner.id) for partner in invited],
                    **values,
                }
            )
        )
        training.action_open()
        return training.with_env(cls.env)

    @classmethod
    def _register(cls, training, user, **values):
        """Whom the user's structure registers."""
        values.setdefault("training_id", training.id)
        return cls.env["clause.insertion.training.registration"].with_user(user).create(values).with_env(cls.env)

    @classmethod
    def _new_penalty_rule(cls, **values):
        """40 euros an hour that is missing, unless said otherwise."""
        return cls.env["clause.insertion.penalty.rule"].create(
            {"name": "Heures non réalisées", "amount": 40, "date_from": "2026-01-01", **values}
        )

    @classmethod
    def _new_penalty(cls, clause, rule, **values):
        """What the officer has found, under a rule of the clause's contract."""
        return (
            cls.env["clause.insertion.penalty"]
            .with_user(cls.user_officer)
            .create(
                {
                    "clause_id": clause.id,
                    "rule_id": rule.id,
                    "finding": "Des heures dues n'ont pas été faites.",
                    **values,
                }
            )
            .with_env(cls.env)
        )


class PortalCase(InsertionCommon, HttpCase):
    """The same over HTTP, as a browser does it."""

    def _login(self, user):
        self.authenticate(user.login, PASSWORD)

    def _download_xlsx(self, report, record, **context):
        """The answer to the download of a spreadsheet, as the browser asks for it."""
        data = {"data": json.dumps([f"/report/xlsx/{report}/{record.id}", "xlsx"]), "token": "1"}
        return self._post("/report/download", **data, **({"context": json.dumps(context)} if context else {}))

    def _pages(self, report, record, user):
        """The texts of the pages of a PDF, printed with the user's rights."""
        Report = self.env["ir.actions.report"].with_user(user).with_context(force_report_rendering=True)
        content, _kind = Report._render_qweb_pdf(report, record.ids)
        return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]

    def _post(self, path, files=None, with_token=True, **data):
        if with_token:
            data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data or {"a": "b"}, files=files)  # without data it would not be a POST
