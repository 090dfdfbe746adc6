from lxml import etree

from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestQueryCount(InsertionCommon):
    """Screens ask as many queries for many rows as for few: the slope is zero."""

    def _specification(self, model, view, kind):
        """What the web client asks of the server to show the view, x2many lists included."""
        views = model.get_views([(self.env.ref(view).id, kind)])
        return self._nested(model, etree.fromstring(views["views"][kind]["arch"]))

    def _nested(self, model, arch):
        specification = {}
        for node in arch.xpath(".//field[not(ancestor::field)]"):
            field = model._fields[node.get("name")]
            inner = {}
            if field.relational:
                comodel = model.env[field.comodel_name]
                lists = node.xpath("./list")
                inner = {"fields": self._nested(comodel, lists[0]) if lists else {"display_name": {}}}
            specification[field.name] = inner
        return specification

    def _count(self, records, specification):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        records.web_read(specification)
        return self.cr.sql_log_count - before

    def _assert_flat(self, small, large, view, kind):
        specification = self._specification(small.browse(), view, kind)
        self._count(small, specification)  # warms the caches of rights
        self.assertEqual(self._count(small, specification), self._count(large, specification))

    def test_clause_list(self):
        clauses = self.env["clause.insertion"]
        for _number in range(20):
            clauses |= self._new_running_clause()
        clauses = clauses.with_user(self.user_officer)
        self._assert_flat(clauses[:5], clauses, "clause_insertion.clause_insertion_view_list", "list")

    def test_declaration_list_and_form(self):
        def declare(people):
            clause = self._new_running_clause()
            hours = {}
            for number in range(people):
                person = self._new_participant(lastname=f"Exemple {number}")
                self._new_employment(person, clause)
                hours[person] = 100
            declaration = self._new_declaration(clause, hours=hours)
            declaration.action_submit()
            return declaration.with_user(self.user_facilitator)

        small, large = declare(5), declare(30)
        view = "clause_insertion.clause_insertion_declaration_view_form"
        self._assert_flat(small, large, view, "form")
        self.assertEqual(len(large.line_ids), 30)
        view = "clause_insertion.clause_insertion_declaration_view_list"
        self._assert_flat(small, small | large, view, "list")

    def test_purchase_form(self):
        def order(clauses):
            order = self._new_order()
            for _number in range(clauses):
                self._new_clause(order)
            return order.with_user(self.user_buyer)

        self._assert_flat(order(2), order(12), "purchase.purchase_order_form", "form")

    def test_convention_list(self):
        conventions = self._new_convention()
        for year in range(2010, 2022):
            conventions |= self._new_convention(date_start=f"{year}-04-01")
        self._new_running_clause()
        conventions = conventions.with_user(self.user_officer)
        self._assert_flat(
            conventions[:2], conventions, "clause_insertion.clause_insertion_convention_view_list", "list"
        )

    def test_objective_list(self):
        def objectives(years):
            return self.env["clause.insertion.objective"].create(
                [
                    {"year": year, "measure": measure, "audience": audience, "contract_kind": kind, "target": 10}
                    for year in years
                    for measure, audience in (("lots", False), ("hours", "women"), ("people", "apprentices"))
                    for kind in (False, "works")
                ]
            )

        few, many = objectives((2026,)), objectives(range(2010, 2026))
        few, many = few.with_user(self.user_officer), (few | many).with_user(self.user_officer)
        self._assert_flat(few, many, "clause_insertion.clause_insertion_objective_view_list", "list")

    def test_network_lists(self):
        charter = self.env["clause.insertion.charter"]
        signatory = [(0, 0, {"partner_id": self.relay.id})]
        charters = charter.create([{"name": f"Charte {number}", "signatory_ids": signatory} for number in range(10)])
        decision = [(0, 0, {"name": "Décision", "owner_id": self.user_officer.partner_id.id, "date_due": "2026-12-01"})]
        meetings, trainings, registrations = [
            self.env[f"clause.insertion.{name}"] for name in ("meeting", "training", "training.registration")
        ]
        for number in range(10):
            meetings |= self._new_meeting(self.relay, decision_ids=decision)
            training = self._new_training(self.relay)
            trainings |= training
            registrations |= self._register(training, self.user_facilitator, attendee_name=f"Tuteur {number}")
        for records, view in (
            (charters, "charter"),
            (meetings, "meeting"),
            (meetings.decision_ids, "meeting_decision"),
            (trainings, "training"),
            (registrations, "training_registration"),
        ):
            records = records.with_user(self.user_officer).browse(records.ids)  # prefetched together, as a list is
            with self.subTest(view):
                self._assert_flat(records[:2], records, f"clause_insertion.clause_insertion_{view}_view_list", "list")
