from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from ...report.open_data import clause_insertion_essential_contract as essential_contract
from .open_data_common import TODAY, OpenDataCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestOpenDataContracts(OpenDataCommon):
    """Which purchases are contracts to publish, by when, and who sees them."""

    def _rows(self, user=None):
        return self.env["clause.insertion.essential.contract"].with_user(user or self.user_reader).search([])

    def _purchases(self):
        return {(row.purchase_order_id or row.requisition_id) for row in self._rows()}

    def test_the_threshold_is_of_the_need(self):
        """40,000 euros: the threshold itself counts, and so does a small lot of a larger need."""
        below = self._new_contract(amount=39_999.99, clause=False)
        at = self._new_contract(amount=40_000, clause=False)
        lot = self._new_contract(amount=10_000, clause=False, insertion_estimated_need=90_000)
        concession = self._new_concession()
        concession.order_line.price_unit = 5_000
        self.assertEqual(self._purchases(), {at, lot, concession})
        self.assertFalse(below.essential_required)
        self.env["clause.insertion.parameter"].create(
            {"code": "essential_data_threshold", "date_from": "2027-01-01", "value": 60_000}
        )
        at.insertion_notified_on = "2027-01-02"
        self.assertFalse(at.essential_required, "the threshold is that of the day of notification")

    def test_only_what_is_confirmed_and_notified(self):
        order = self._new_order(90_000)
        self.assertEqual(self._purchases(), set())
        order.button_confirm()
        self.assertEqual(order.insertion_notified_on, date(2026, 11, 20), "proposed")
        self.assertEqual(self._purchases(), {order})
        order.insertion_notified_on = False
        self.assertEqual(self._purchases(), set())
        self.assertRegex(order.essential_problems, "Notified on")
        order.insertion_notified_on = "2026-11-18"
        order.button_cancel()
        self.assertEqual(self._purchases(), set())

    def test_an_order_under_an_agreement_is_part_of_it(self):
        agreement = self._new_framework()
        order = self._new_contract(requisition_id=agreement.id)
        self.assertEqual(self._purchases(), {agreement})
        order.essential_subsequent = True
        order._propose_essential_data()
        self.assertEqual(self._purchases(), {agreement, order})
        contracts = {made["id"]: made for made in self._file()["marche"]}
        self.assertEqual(contracts[order.essential_number]["idAccordCadre"], agreement.essential_number)
        self.assertNotIn("idAccordCadre", contracts[agreement.essential_number])

    def test_a_subsequent_contract_has_its_agreements_clauses(self):
        agreement = self._new_framework()
        self.env["clause.insertion"].create({"requisition_id": agreement.id, "trade_id": self.masonry.id})
        order = self._new_contract(requisition_id=agreement.id, essential_subsequent=True, clause=False)
        self.assertEqual(order._decp_social(), ("Clause sociale",))

    def test_an_order_from_a_template_is_a_contract(self):
        template = self.env["purchase.requisition"].create({"requisition_type": "purchase_template"})
        order = self._new_contract(requisition_id=template.id)
        self.assertEqual(self._purchases(), {order})

    def test_deadlines(self):
        """Two months after the notification; a concession, before its performance starts."""
        late = self._new_contract(on="2026-09-19 09:00:00")
        last_day = self._new_contract(on="2026-09-20 09:00:00")
        concession = self._new_concession()
        rows = {row._purchase(): row for row in self._rows()}
        self.assertEqual((rows[late].deadline, rows[late].is_late), (date(2026, 11, 19), True))
        self.assertEqual((rows[last_day].deadline, rows[last_day].is_late), (date(2026, 11, 20), False))
        self.assertEqual((rows[concession].deadline, rows[concession].is_late), (date(2026, 12, 1), False))
        self.assertEqual(self._wizard(date_from="2026-09-01").late_count, 1)
        self._wizard(date_from="2026-09-01").action_record()
        self.assertEqual({row.is_late for row in self._rows()}, {False})
        self._modify(late, "2026-11-10", amount=9)
        self.env["clause.insertion.essential.contract"].invalidate_model()
        self.assertEqual(rows[late].deadline, date(2027, 1, 10))

    def test_ready_and_lacking(self):
        published = self._new_contract(on="2026-10-02 09:00:00")
        self._wizard(date_to="2026-10-02").action_record()
        ready, lacking = self._new_contract(), self._new_framework(essential_cpv=False)
        rows = self._rows()
        self.assertEqual({row._purchase() for row in rows.search([("is_ready", "=", True)])}, {published, ready})
        self.assertEqual(rows.search([("is_ready", "=", False)])._purchase(), lacking)
        self.assertEqual(rows.search([("is_ready", "=", False)]).problems, "Missing: CPV code.")
        action = self._wizard().action_lacking()
        self.assertEqual(rows.search(action["domain"])._purchase(), lacking)
        opened = rows.search(action["domain"]).action_open()
        self.assertEqual((opened["res_model"], opened["res_id"]), ("purchase.requisition", lacking.id))

    def test_the_wizard_on_screen(self):
        self._new_contract()
        lacking = self._new_contract(essential_cpv=False)
        form = Form(self.env["clause.insertion.open.data"].with_user(self.user_officer))
        self.assertEqual(str(form.date_from), "2026-10-05", "the oldest one that is still to publish")
        self.assertEqual((form.ready_count, form.lacking_count), (1, 1))
        self.assertEqual(form.lacking_ids[0].name, lacking.name)
        form.date_to = "2026-10-02"
        self.assertEqual((form.ready_count, form.lacking_count), (0, 0))

    # -- what is proposed --------------------------------------------------------------------------

    def test_what_is_known_is_proposed(self):
        """The company's usual choices, then the purchase's own facts; what was typed stays."""
        self.company.write({"essential_procedure": "adapted", "essential_word_ids": self._words("price_firm").ids})
        order = self._new_order(90_000, date_planned="2027-02-19 12:00:00", essential_ccag="it")
        self._new_clause(order, place_zip="86000")
        self.assertEqual(order.essential_procedure, "adapted")
        order.button_confirm()
        self.assertRecordValues(
            order,
            [
                {
                    "essential_number": order.name,
                    "essential_object": "Works",
                    "essential_ccag": "it",
                    "essential_place_kind": "department",
                    "essential_place_code": "86",
                    "essential_duration": 3,  # 20 November to 19 February
                    "essential_word_ids": self._words("price_firm").ids,
                }
            ],
        )

    def test_an_agreement_has_its_technique(self):
        self.company.essential_word_ids = self._words("technique_none", "execution_none", "environment_none")
        agreement = self._new_agreement(90_000)
        self.assertEqual(
            agreement.essential_word_ids, self._words("technique_framework", "execution_orders", "environment_none")
        )

    def test_filled_in_later(self):
        order = self._new_order(90_000)
        order.button_confirm()
        self.assertFalse(order.essential_procedure)
        self.company.essential_procedure = "open"
        order.with_user(self.user_buyer).action_propose_essential_data()
        self.assertEqual(order.essential_procedure, "open")

    # -- who, and at what cost ---------------------------------------------------------------------

    def test_who_sees_them(self):
        self._new_contract()
        for role in ("buyer", "purchase_manager", "reader", "officer", "manager"):
            self.assertEqual(len(self._rows(getattr(self, f"user_{role}"))), 1, role)
        for role in ("facilitator", "contractor", "portal_relay", "employee"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._rows(getattr(self, f"user_{role}"))

    def test_companies(self):
        """One company's file holds none of another's contracts, and another's cannot be asked for."""
        order = self._new_contract()
        other = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        self.assertEqual(len(self._rows()), 1)
        user = self._new_user("officer_elsewhere", "clause_insertion.group_clause_insertion_officer")
        user.write({"company_ids": other.ids, "company_id": other.id})
        self.assertFalse(self._rows(user.with_context(allowed_company_ids=other.ids)))
        with self.assertRaises(AccessError):
            self._wizard(user, company_id=self.company.id)._check_may_export()
        self.assertEqual(self._wizard(user, company_id=other.id).ready_count, 0)
        change = self._modify(order, "2026-11-03", amount=3)
        with self.assertRaises(AccessError):
            change.with_user(user).read(["amount"])

    def test_a_batch_costs_the_same_whatever_its_size(self):
        for number in range(12):
            order = self._new_contract()
            if number % 3 == 0:
                self._modify(order, "2026-11-03", amount=300_000)
        rows = self.env["clause.insertion.essential.contract"].with_user(self.user_officer).search([], order="id")
        day = date(2026, 11, 20)

        def count(batch):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            for _row, purchase, contract, _found in batch._review(day):
                purchase._decp_object(contract, day)
            return self.cr.sql_log_count - before

        count(rows)
        self.assertEqual(count(rows[:4]), count(rows))

    def test_batches_forget_what_they_read(self):
        for _number in range(4):
            self._new_contract()
        self.patch(essential_contract, "BATCH", 2)
        wizard = self._wizard()
        field = self.env["purchase.order"]._fields["essential_cpv"]
        self.env.flush_all()
        self.env.invalidate_all()
        held = [len(field._get_cache(wizard.env)) for _piece in wizard._stream()]
        self.assertLessEqual(max(held), 2)
