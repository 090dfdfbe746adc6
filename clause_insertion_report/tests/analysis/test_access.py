from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..common import TODAY, FiguresCommon

ANALYSES = ("clause.insertion.hours.report", "clause.insertion.clause.report")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAccess(FiguresCommon):
    """Who sees which figures: like the clauses and the hours themselves, and buyers none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._work(cls.north, {cls._hire(cls.north): 10})
        cls._work(cls.south, {cls._hire(cls.south): 20})
        cls.company_b = cls.env["res.company"].create({"name": "Another Region (fictive)", "zip": "86000"})
        cls.users = {
            "reader": cls.user_reader,
            "officer": cls.user_officer,
            "manager": cls.user_manager,
            "facilitator": cls.user_facilitator,
            "other facilitator": cls.user_other_facilitator,
            "buyer": cls.user_buyer,
            "purchase manager": cls.user_purchase_manager,
            "employee": cls.user_employee,
            "contractor": cls.user_contractor,
            "portal relay": cls.user_portal_relay,
        }

    def _seen(self, model, user):
        rows = self.env[model].with_user(user).search([("clause_id", "in", (self.north | self.south).ids)])
        return self.env["clause.insertion"].browse(rows.mapped("clause_id").ids)

    def test_who_reads_the_analyses(self):
        both, nobody = self.north | self.south, None
        expected = {
            "reader": both,
            "officer": both,
            "manager": both,
            "facilitator": self.north,
            "other facilitator": self.south,
            "buyer": nobody,
            "purchase manager": nobody,
            "employee": nobody,
            "contractor": nobody,
            "portal relay": nobody,
        }
        for model in ANALYSES:
            for role, clauses in expected.items():
                with self.subTest(model=model, role=role):
                    if clauses is None:
                        with self.assertRaises(AccessError):
                            self._seen(model, self.users[role])
                    else:
                        self.assertEqual(self._seen(model, self.users[role]), clauses)

    def test_sums_follow_the_same_rules(self):
        """A grouping is a door like another."""
        for user, hours in ((self.user_reader, 30), (self.user_facilitator, 10), (self.user_other_facilitator, 20)):
            report = self.env["clause.insertion.hours.report"].with_user(user)
            self.assertEqual(report._read_group([], [], ["hours_validated:sum"]), [(hours,)])

    def test_nobody_writes_in_an_analysis(self):
        for model in ANALYSES:
            row = self.env[model].with_user(self.user_manager).search([], limit=1)
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=model, operation=operation):
                    self.assertFalse(row.has_access(operation))

    def test_another_company_is_out_of_sight(self):
        stranger = self._new_user("stranger", "clause_insertion.group_clause_insertion_manager")
        stranger.write({"company_ids": [(6, 0, self.company_b.ids)], "company_id": self.company_b.id})
        for model in ANALYSES:
            self.assertFalse(self._seen(model, stranger))
        own = self.env["clause.insertion.statement"].with_user(stranger).create({"year": 2025})
        self.assertEqual(own.company_id, self.company_b)
        self.assertEqual(own._statement().total.hours_validated, 0)

    def test_the_statement_of_another_company_is_refused(self):
        Wizard = self.env["clause.insertion.statement"].with_user(self.user_reader)
        values = {"year": 2025, "company_id": self.company_b.id}
        with self.assertRaises(AccessError):
            Wizard.create(values)
        with self.assertRaises(AccessError):
            Wizard.new(values).preview  # noqa: B018

    def test_a_statement_is_of_one_company(self):
        self.user_reader.company_ids |= self.company_b
        Wizard = self.env["clause.insertion.statement"].with_user(self.user_reader)
        Wizard = Wizard.with_context(allowed_company_ids=(self.company | self.company_b).ids)
        self.assertEqual(Wizard.create({"company_id": self.company_b.id})._statement().total.hours_validated, 0)
        self.assertEqual(Wizard.create({"company_id": self.company.id})._statement().total.hours_validated, 30)

    def test_who_may_ask_for_a_statement(self):
        asked = self._statement()
        for role, user in self.users.items():
            Wizard = self.env["clause.insertion.statement"].with_user(user)
            with self.subTest(role=role):
                if role in ("reader", "officer", "manager"):
                    self.assertEqual(Wizard.create({"year": 2025})._statement().total.hours_validated, 30)
                elif "facilitator" in role:
                    own = {"facilitator": 10, "other facilitator": 20}[role]
                    self.assertEqual(Wizard.create({"year": 2025})._statement().total.hours_validated, own)
                    for values in self._scopes_beyond(user):
                        with self.assertRaises(AccessError):
                            Wizard.create({"year": 2025, **values})._statement()
                        with self.assertRaises(AccessError):
                            Wizard.new({"year": 2025, **values}).preview  # noqa: B018
                else:
                    for door in (
                        lambda Wizard=Wizard: Wizard.create({"year": 2025}),
                        lambda Wizard=Wizard: Wizard.new({"year": 2025}).preview,
                        lambda user=user: asked.with_user(user).preview,
                        lambda user=user: asked.with_user(user)._tables(),
                        lambda user=user: asked.with_user(user).read(["preview"]),
                    ):
                        with self.assertRaises(AccessError):
                            door()

    def _scopes_beyond(self, user):
        """What a relay may not ask: the Region, another relay, a contractor, a department, all companies."""
        other = self.relay + self.other_relay - user.commercial_partner_id
        department = self.env["hr.department"].create({"name": "Buildings (fictive)"})
        return (
            {"scope": "company"},
            {"scope": "companies"},
            {"scope": "facilitator", "facilitator_id": other.id},
            {"scope": "partner", "partner_id": self.contractor.id},
            {"scope": "department", "department_id": department.id},
        )

    def test_a_question_is_its_users_own(self):
        asked = self._statement()
        self.assertFalse(self.env["clause.insertion.statement"].with_user(self.user_officer).search([]) & asked)
