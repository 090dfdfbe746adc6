from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import ROLES, EveryModelCase

READ, WRITE, DELETE = "read", "write", "unlink"
# Who may do what: for each model, the rights on one's own record, then on another relay's or contractor's.
# Every right that is not listed must be refused.
RIGHTS = {
    "clause.insertion": {
        "buyer": ("R", "R"),  # the fixtures run; sizing has its own test
        "reader": ("R", "R"),
        "facilitator": ("RW", ""),
        "officer": ("RWD", "RWD"),  # deletion is further limited to drafts
        "manager": ("RWD", "RWD"),
        "contractor": ("R", ""),
        "portal_relay": ("R", ""),
    },
    "clause.insertion.participant": {
        "reader": ("R", "R"),
        "facilitator": ("RW", ""),
        "officer": ("R", "R"),
        "manager": ("R", "R"),
        "contractor": ("R", ""),
        "portal_relay": ("RW", ""),
    },
    "clause.insertion.identity": {
        "facilitator": ("RW", ""),
        "contractor": ("R", ""),
        "portal_relay": ("RW", ""),
    },
    "clause.insertion.proof": {
        "facilitator": ("RWD", ""),
        "portal_relay": ("RWD", ""),
    },
    "clause.insertion.employment": {
        "reader": ("R", "R"),
        "facilitator": ("RW", ""),
        "officer": ("RW", "RW"),
        "manager": ("RW", "RW"),
        "contractor": ("R", ""),  # writing only while the relay has not confirmed
        "portal_relay": ("RW", ""),
    },
    "clause.insertion.declaration": {
        "buyer": ("R", "R"),
        "reader": ("R", "R"),
        "facilitator": ("RW", ""),
        "officer": ("R", "R"),
        "manager": ("R", "R"),
        "contractor": ("RWD", ""),
        "portal_relay": ("R", ""),
    },
    "clause.insertion.recruitment": {
        "reader": ("R", "R"),
        "facilitator": ("RW", ""),
        "officer": ("RW", "RW"),
        "manager": ("RW", "RW"),
        "contractor": ("RW", ""),
        "portal_relay": ("RW", ""),
    },
    "account.analytic.line": {
        "reader": ("R", "R"),
        "facilitator": ("R", ""),
        "officer": ("R", "R"),
        "manager": ("R", "R"),
        "contractor": ("RWD", ""),
        "portal_relay": ("R", ""),
        # Odoo's own rule: whoever bills has them all; this addon guards what it may do with them. An approver of
        # timesheets has those of a project open to employees, which the company's own is not.
        "accountant": ("RWD", "RWD"),
    },
    "clause.insertion.trade": {
        **dict.fromkeys(("buyer", "reader", "facilitator", "officer", "contractor", "portal_relay"), ("R", "R")),
        "manager": ("RWD", "RWD"),
    },
}
for model in ("candidate", "evidence"):  # written by the program alone
    RIGHTS[f"clause.insertion.{model}"] = {
        "reader": ("R", "R"),
        "facilitator": ("R", ""),
        "officer": ("R", "R"),
        "manager": ("R", "R"),
        "contractor": ("R", ""),
        "portal_relay": ("R", ""),
    }
# Written by the buttons alone.
RIGHTS["clause.insertion.certificate"] = {**RIGHTS["clause.insertion.candidate"], "buyer": ("R", "R")}
RIGHTS["clause.insertion.erasure"] = {  # the same; employers have none
    **dict.fromkeys(("reader", "officer", "manager"), ("R", "R")),
    **dict.fromkeys(("facilitator", "portal_relay"), ("R", "")),
}
for model in ("convention", "convention.amendment", "convention.instalment"):
    RIGHTS[f"clause.insertion.{model}"] = {
        "buyer": ("R", "R"),
        "reader": ("R", "R"),
        "facilitator": ("R", ""),
        "officer": ("RWD", "RWD"),  # deletion is further limited to drafts
        "manager": ("RWD", "RWD"),
        "portal_relay": ("R", ""),
    }
# The contractor is invited to what is its own.
for model in ("charter", "charter.signatory", "meeting", "meeting.decision", "training", "training.registration"):
    RIGHTS[f"clause.insertion.{model}"] = {
        **RIGHTS["clause.insertion.convention"],
        "contractor": ("R", ""),
    }
RIGHTS["clause.insertion.question"] = {"manager": ("R", "R")}  # kept by the program
RIGHTS["clause.insertion.objective"] = {  # the Region's own: relays and companies have none
    "reader": ("R", "R"),
    "officer": ("RWD", "RWD"),
    "manager": ("RWD", "RWD"),
}
RIGHTS["clause.insertion.contract.modification"] = {  # the buyers' own; published ones have their own test
    "buyer": ("RWD", "RWD"),
    **dict.fromkeys(("reader", "officer", "manager"), ("R", "R")),
}
STAFF = ("accountant", "buyer", "employee", "facilitator", "manager", "officer", "reader")  # they see lists of words
RIGHTS["clause.insertion.essential.word"] = dict.fromkeys(STAFF, ("R", "R"))
RIGHTS["clause.insertion.convention.template"] = {
    "reader": ("R", "R"),
    "officer": ("R", "R"),
    "manager": ("RWD", "RWD"),
}
RIGHTS["clause.insertion.clause.text"] = {
    "buyer": ("R", "R"),
    "reader": ("R", "R"),
    "officer": ("RWD", "RWD"),
    "manager": ("RWD", "RWD"),
}
RIGHTS["clause.insertion.ccag"] = {
    **dict.fromkeys(("buyer", "reader", "facilitator", "officer"), ("R", "R")),
    "manager": ("RWD", "RWD"),
}
RIGHTS["clause.insertion.penalty"] = {
    "buyer": ("R", "R"),
    "reader": ("R", "R"),
    "officer": ("RWD", "RWD"),  # writing and deletion are further limited to what is not notified yet
    "manager": ("RWD", "RWD"),
    "contractor": ("R", ""),  # once it is notified
    "accountant": ("R", "R"),  # the fixtures are applied; what is discussed has its own test
}
for model in ("public", "territory", "commune", "exemption", "parameter", "scale", "scale.line"):
    RIGHTS[f"clause.insertion.{model}"] = RIGHTS["clause.insertion.trade"]
RIGHTS["clause.insertion.territory"] = dict.fromkeys(STAFF, ("R", "R")) | RIGHTS["clause.insertion.trade"]
RIGHTS["clause.insertion.penalty.rule"] = RIGHTS["clause.insertion.trade"] | {"accountant": ("R", "R")}

for rights in RIGHTS.values():
    if "buyer" in rights:
        rights["purchase_manager"] = rights["buyer"]


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestRights(EveryModelCase):
    """The rights table: read, write, delete × each role × own and other; creation; nothing more."""

    def test_read_write_delete(self):
        letters = {READ: "R", WRITE: "W", DELETE: "D"}
        for model, rights in RIGHTS.items():
            for role in ROLES:
                for record, expected in zip(
                    (self.own[model], self.other[model]), rights.get(role, ("", "")), strict=True
                ):
                    record = record.with_user(self._user(role))
                    found = "".join(letter for operation, letter in letters.items() if record.has_access(operation))
                    self.assertEqual(found, expected, f"{role} on {record}")

    def test_every_model_of_the_addon_is_in_the_table(self):
        models = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("clause.insertion") and model._original_module == "clause_insertion" and model._auto
        }
        elsewhere = {
            "clause.insertion.handover",  # test_relay
            "clause.insertion.contact",  # test_relay
            "clause.insertion.act",  # test_statement_as_of, of the reports
            "clause.insertion.refusal",  # transient: each user sees its own
            "clause.insertion.proposal",  # the same
            "clause.insertion.withdrawal",  # the same
            "clause.insertion.penalty.step",  # the same
            "clause.insertion.penalty.bill",  # the same
            "clause.insertion.commune.file",  # test_commune
            "clause.insertion.relay.file",  # test_directory
            "clause.insertion.import",  # has its own tests
            "clause.insertion.import.progress",
            "clause.insertion.import.staged",  # nobody's
            "clause.insertion.import.error",
        }
        self.assertFalse(models - RIGHTS.keys() - elsewhere)

    def _can_create(self, role, model, values):
        try:
            with self.env.cr.savepoint() as savepoint:
                self.env[model].with_user(self._user(role)).create(values)
                self.env.flush_all()
                savepoint.rollback()
        except (AccessError, UserError):
            return False
        return True

    def _assert_creators(self, model, values, *roles):
        roles = [*roles, "purchase_manager"] if "buyer" in roles else roles
        self.assertEqual([role for role in ROLES if self._can_create(role, model, dict(values))], list(roles), model)

    def test_create_clause(self):
        order = self._new_order()
        values = {"purchase_order_id": order.id, "trade_id": self.masonry.id}
        self._assert_creators("clause.insertion", values, "buyer", "officer", "manager")

    def test_create_person(self):
        own = {"facilitator_id": self.relay.id}
        other = {"facilitator_id": self.other_relay.id}
        self._assert_creators("clause.insertion.participant", own, "facilitator", "portal_relay")
        self._assert_creators("clause.insertion.participant", other)
        name = {"firstname": "Sam", "lastname": "Exemple"}
        self._assert_creators("clause.insertion.identity", own | name, "facilitator", "portal_relay")
        self._assert_creators("clause.insertion.identity", other | name)

    def test_create_proof(self):
        values = {"public_id": self.env.ref("clause_insertion.public_rsa").id}
        for world, roles in ((self.own, ("facilitator", "portal_relay")), (self.other, ())):
            person = world["clause.insertion.participant"]
            self._assert_creators("clause.insertion.proof", {**values, "participant_id": person.id}, *roles)

    def test_create_work_contract(self):
        for world, roles in ((self.own, ("facilitator", "contractor", "portal_relay")), (self.other, ())):
            values = {
                "participant_id": world["clause.insertion.participant"].id,
                "clause_ids": world["clause.insertion"].ids,
                "date_start": "2026-10-01",
            }
            self._assert_creators("clause.insertion.employment", values, *roles)

    def test_contractor_cannot_hire_on_another_contractors_clause(self):
        values = {
            "participant_id": self.own["clause.insertion.participant"].id,
            "clause_ids": (self.own["clause.insertion"] | self.other["clause.insertion"]).ids,
            "employer_id": self.contractor.id,
            "date_start": "2026-10-01",
        }
        self._assert_creators("clause.insertion.employment", values)

    def test_create_declaration_and_hours(self):
        for world, roles in ((self.own, ("contractor",)), (self.other, ())):
            values = {"clause_id": world["clause.insertion"].id, "month": "2026-08-01"}
            self._assert_creators("clause.insertion.declaration", values, *roles)
            values = {
                "insertion_declaration_id": world["clause.insertion.declaration"].id,
                "insertion_participant_id": world["clause.insertion.participant"].id,
                "unit_amount": 3,
                "date": "2026-09-02",
            }
            self._assert_creators("account.analytic.line", values, *roles)

    def test_create_recruitment_request(self):
        for world, roles in ((self.own, ("contractor",)), (self.other, ())):
            values = {"clause_id": world["clause.insertion"].id, "job_title": "Maçon", "date_start": "2026-11-02"}
            self._assert_creators("clause.insertion.recruitment", values, *roles)
            request = world["clause.insertion.recruitment"]
            values = {"recruitment_id": request.id, "participant_id": self._new_participant().id}
            self._assert_creators("clause.insertion.candidate", values)
            values = {"recruitment_id": request.id, "clause_id": request.clause_id.id, "reason": "no_answer"}
            self._assert_creators("clause.insertion.evidence", values)

    def test_create_convention(self):
        values = {"partner_id": self.relay.id, "date_start": "2030-01-01"}
        self._assert_creators("clause.insertion.convention", values, "officer", "manager")
        convention = {"convention_id": self.own["clause.insertion.convention"].id}
        values = {**convention, "name": "Avenant"}
        self._assert_creators("clause.insertion.convention.amendment", values, "officer", "manager")
        values = {**convention, "date_due": "2026-12-01", "amount": 1}
        self._assert_creators("clause.insertion.convention.instalment", values, "officer", "manager")

    def test_create_modification(self):
        order = self.own["clause.insertion"].purchase_order_id
        values = {"purchase_order_id": order.id, "name": "Avenant", "amount": 5}
        self._assert_creators("clause.insertion.contract.modification", values, "buyer")

    def test_create_charter(self):
        self._assert_creators("clause.insertion.charter", {"name": "Charte"}, "officer", "manager")
        values = {"charter_id": self.own["clause.insertion.charter"].id, "partner_id": self.other_relay.id}
        self._assert_creators("clause.insertion.charter.signatory", values, "officer", "manager")

    def test_create_meeting(self):
        values = {"name": "Réunion", "start": "2026-11-20 09:00:00", "stop": "2026-11-20 11:00:00"}
        self._assert_creators("clause.insertion.meeting", values, "officer", "manager")
        values = {"meeting_id": self.own["clause.insertion.meeting"].id, "name": "Décision"}
        self._assert_creators("clause.insertion.meeting.decision", values, "officer", "manager")

    def test_create_training(self):
        values = {"name": "Session", "date_start": "2026-10-20 07:00:00", "date_stop": "2026-10-20 14:00:00"}
        self._assert_creators("clause.insertion.training", values, "officer", "manager")
        own, other = self.own["clause.insertion.training"], self.other["clause.insertion.training"]
        for structure, roles in ((self.contractor, ("contractor",)), (self.relay, ("facilitator", "portal_relay"))):
            values = {"training_id": own.id, "partner_id": structure.id, "attendee_name": "Sam Exemple"}
            self._assert_creators(
                "clause.insertion.training.registration",
                values,
                *(role for role in ROLES if role in ("officer", "manager", *roles)),
            )
            values = {"training_id": other.id, "partner_id": structure.id, "attendee_name": "Sam Exemple"}
            self._assert_creators("clause.insertion.training.registration", values, "officer", "manager")

    def test_create_objective(self):
        self._assert_creators("clause.insertion.objective", {"year": 2026, "target": 1}, "officer", "manager")

    def test_create_penalty(self):
        for world in (self.own, self.other):
            clause = world["clause.insertion"]
            values = {"clause_id": clause.id, "rule_id": clause.penalty_rule_ids[0].id, "finding": "Constat"}
            self._assert_creators("clause.insertion.penalty", values, "officer", "manager")

    def test_create_reference_data(self):
        for model, values in (
            ("trade", {"code": "X", "name": "X", "labour_share": 0.1}),
            ("public", {"code": "X", "name": "X"}),
            ("territory", {"code": "X", "name": "X"}),
            ("commune", {"code": "86139", "name": "X"}),
            ("exemption", {"code": "X", "name": "X"}),
            ("parameter", {"code": "fte_base", "date_from": "2026-01-01", "value": 1607}),
            ("scale", {"name": "X"}),
            ("convention.template", {"name": "X", "body": "X"}),
            ("ccag", {"code": "X", "name": "X"}),
            ("penalty.rule", {"name": "X", "amount": 1}),
        ):
            self._assert_creators(f"clause.insertion.{model}", values, "manager")
        text = {"name": "X", "kind": "rc", "body": "X"}
        self._assert_creators("clause.insertion.clause.text", text, "officer", "manager")

    # -- rights that depend on the state -----------------------------------------------------------

    def test_buyer_sizes_until_the_contract_runs(self):
        clause = self._new_clause().with_user(self.user_buyer)
        clause.insertion_rate = 0.1
        clause.sudo().purchase_order_id.button_confirm()
        self.assertFalse(clause.has_access(WRITE))
        self.assertFalse(clause.has_access(DELETE))

    def test_officer_deletes_drafts_only(self):
        with self.assertRaises(UserError):
            self.own["clause.insertion"].with_user(self.user_officer).unlink()
        self._new_clause().with_user(self.user_officer).unlink()

    def test_relay_follows_up_and_no_more(self):
        clause = self.own["clause.insertion"].with_user(self.user_facilitator)
        clause.date_end = "2027-12-31"
        for values in ({"facilitator_id": self.other_relay.id}, {"lot": "Lot 9"}, {"place_zip": "79000"}):
            with self.assertRaises(UserError):
                clause.write(values)

    def test_contractor_does_not_see_a_clause_in_preparation(self):
        draft = self._new_clause(self._new_order(partner=self.contractor))
        self.assertFalse(draft.with_user(self.user_contractor).has_access(READ))
        self.assertFalse(draft.with_user(self.user_portal_relay).has_access(READ))

    def test_penalty_is_the_officers_until_it_is_notified(self):
        clause = self.own["clause.insertion"]
        found = self._new_penalty(clause, clause.penalty_rule_ids[-1])
        for role, rights in RIGHTS["clause.insertion.penalty"].items():
            expected = bool(rights[0]) and role not in ("contractor", "accountant")
            self.assertEqual(found.with_user(self._user(role)).has_access(READ), expected, role)

    def test_contractor_leaves_submitted_declarations_alone(self):
        declaration = self.own["clause.insertion.declaration"]
        declaration.action_submit()
        for record in (declaration, declaration.line_ids):
            self.assertFalse(record.with_user(self.user_contractor).has_access(WRITE))
            self.assertFalse(record.with_user(self.user_contractor).has_access(DELETE))

    def test_approver_of_timesheets_cannot_touch_the_months_of_contractors(self):
        """Odoo lets an approver write on all timesheets; these are the contractor's, then the relay's."""
        declaration = self.own["clause.insertion.declaration"]
        with self.assertRaises(UserError):
            declaration.line_ids.with_user(self.user_employee).unit_amount = 1
        with self.assertRaises(UserError):
            declaration.line_ids.with_user(self.user_employee).unlink()

    def test_employer_knows_a_name_while_it_employs(self):
        employment = self.own["clause.insertion.employment"]
        identity = self.own["clause.insertion.identity"].with_user(self.user_contractor)
        self.assertTrue(identity.has_access(READ))
        employment.date_end = "2026-10-04"
        self.env.invalidate_all()
        self.assertFalse(identity.has_access(READ), "the contract ended yesterday")
        employment.date_end = "2026-10-05"
        self.env.invalidate_all()
        self.assertTrue(identity.has_access(READ), "the last day is included")

    def test_company_wall(self):
        elsewhere = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        of_a_company = ("participant", "declaration", "convention", "convention.amendment", "convention.instalment")
        of_a_company += ("charter", "charter.signatory", "meeting", "meeting.decision", "training")
        of_a_company += ("training.registration", "objective", "penalty", "certificate")
        for model in ("clause.insertion", *(f"clause.insertion.{name}" for name in of_a_company)):
            record = self.own[model].with_user(self.user_manager)
            self.assertTrue(record.has_access(READ))
            self.user_manager.write({"company_ids": [(4, elsewhere.id)]})
            alone = record.with_context(allowed_company_ids=elsewhere.ids)
            self.assertNotIn(record.id, alone.search([]).ids)
