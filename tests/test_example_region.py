"""The example Region is built as ./setup/run builds it, and read as its users read it."""

import doctest
import io
from datetime import date
from random import Random
from types import SimpleNamespace
from urllib.parse import urlparse

import openpyxl
from example import build, plan
from example.hours import csv_of

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.clause_insertion.tools.hours.hour_warnings import hour_warnings

# Hours worked in April 2014 were validated in May: the evening of 31 May is the first that shows "early 2014".
PUBLISHED = {
    2012: (date(2026, 1, 1), 40_549, 207, 189),
    2013: (date(2026, 1, 1), 60_205, 160, 312),
    2014: (date(2014, 5, 31), 34_777, 154, 143),
}


@tagged("post_install", "-at_install")
class TestExampleRegion(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.logins = build(cls.env)
        cls.users = {user.login: user for user in cls.env["res.users"].search([])}

    def as_user(self, login, model):
        return self.env[model].with_user(self.users[login])

    def test_examples_of_the_plan(self):
        result = doctest.testmod(plan)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    # -- the past ----------------------------------------------------------------------------------

    def test_published_figures(self):
        """The nine numbers, from the spreadsheet that the clause officer downloads."""
        for year, (as_of, *figures) in PUBLISHED.items():
            with self.subTest(year=year):
                self.assertEqual(self._read_statement(year, as_of), figures)

    def test_april_was_validated_in_may(self):
        """The ledger gives another figure a month before: the day of the statement matters."""
        hours, _contracts, _people = self._read_statement(2014, date(2014, 4, 30))
        self.assertLess(hours, PUBLISHED[2014][1])

    def _read_statement(self, year, as_of):
        wizard = (
            self.as_user("charge-mission", "clause.insertion.statement")
            .with_context(lang="en_US")
            .create({"year": year, "as_of": as_of})
        )
        content, extension = wizard.env["ir.actions.report"]._render(
            "clause_insertion_report.clause_insertion_statement_xlsx", wizard.ids
        )
        self.assertEqual(extension, "xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        cells = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
        return [cells[label] for label in ("Hours validated", "Contracts with a clause", "People")]

    def test_life_goes_on_from_one_year_to_the_next(self):
        Line = self.env["account.analytic.line"]
        taken_over = Line.search([("insertion_import_id", "!=", False)])
        by_year = taken_over.grouped(lambda line: line.date.year)
        for year in (2012, 2013):
            for field in ("clause_insertion_id", "insertion_participant_id"):
                self.assertTrue(by_year[year][field] & by_year[year + 1][field], f"{field} from {year}")

    def test_a_validator_would_have_nothing_to_say_of_the_past(self):
        """Eligible on the day, under a work contract, with a proof seen, within the caps, declared once."""
        taken_over = self.env["account.analytic.line"].search([("insertion_import_id", "!=", False)])
        self.assertGreater(len(taken_over), 1500)
        self.assertEqual(hour_warnings(taken_over), {})

    # -- the files ---------------------------------------------------------------------------------

    def test_files_are_not_kept(self):
        imports = self.as_user("charge-mission", "clause.insertion.import").search([], order="filename")
        self.assertEqual(imports.mapped("filename"), ["reprise-2012.csv", "reprise-2013.csv", "reprise-2014.csv"])
        self.assertFalse(any(imports.mapped("file")))

    def test_the_same_seed_gives_the_same_file(self):
        self.assertEqual(self._generate_file(), self._generate_file())

    def _generate_file(self):
        rows = plan.past(Random(plan.SEED))
        contractor = SimpleNamespace(name="Maçonnerie (exemple)")
        clauses = {row.contract: [SimpleNamespace(name=str(row.contract), partner_id=contractor)] for row in rows}
        people = {row.person: SimpleNamespace(name=str(row.person)) for row in rows}
        return csv_of(rows, clauses, people)

    # -- what is invented says so --------------------------------------------------------------------

    def test_structures_say_that_they_are_invented(self):
        clauses = self.env["clause.insertion"].search([])
        employments = self.env["clause.insertion.employment"].search([])
        participants = self.env["clause.insertion.participant"].search([])
        structures = (
            clauses.partner_id
            | clauses.facilitator_id
            | clauses.company_id.partner_id
            | employments.employer_id
            | participants.facilitator_id
            | participants.prescriber_id
        )
        self.assertGreater(len(structures), 60)
        for structure in structures:
            self.assertTrue(structure.name.endswith("(exemple)"), structure.name)
            self.assertIn("inventée", structure.comment)

    def test_people_say_that_they_are_invented(self):
        identities = self.env["clause.insertion.identity"].search([])
        self.assertGreater(len(identities), 10)
        for name in (*identities.mapped("lastname"), *(self.users[login.login].name for login in self.logins)):
            self.assertTrue(name.endswith("(exemple)"), name)
        addresses = [*identities.mapped("email"), *(self.users[login.login].email for login in self.logins)]
        for address in addresses:
            self.assertTrue(address.endswith(".example"), address)

    def test_people_of_the_past_are_forgotten(self):
        """Two years after their last hour nobody knows who they were, and the figures stay."""
        before = self.env["clause.insertion.participant"].search([("eligibility_end", "<", "2020-01-01")])
        self.assertGreater(len(before), 400)
        self.assertFalse(before.identity_ids)

    # -- the logins ----------------------------------------------------------------------------------

    def test_every_login_opens_its_page(self):
        self.assertEqual(len(self.logins), 8)
        for login in self.logins:
            with self.subTest(role=login.role):
                self.authenticate(None, None)
                form = {"login": login.login, "password": login.password, "csrf_token": http.Request.csrf_token(self)}
                self.url_open("/web/login", data=form)
                page = self.url_open(login.url)
                self.assertEqual(page.status_code, 200)
                self.assertIn(login.url, urlparse(page.url).path)

    def test_a_wrong_password_opens_nothing(self):
        self.authenticate(None, None)
        form = {"login": "acheteur", "password": "autre", "csrf_token": http.Request.csrf_token(self)}
        self.url_open("/web/login", data=form)
        self.assertIn("/web/login", self.url_open("/odoo/purchase").url)

    def test_who_reads_names(self):
        for login in ("acheteur", "charge-mission", "responsable", "finance"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login, "clause.insertion.identity").search([])
        identities = self.as_user("facilitateur", "clause.insertion.identity").search([])
        self.assertEqual(identities.facilitator_id, self.users["facilitateur"].commercial_partner_id)
        on_portal = self.as_user("relais-portail", "clause.insertion.identity").search([])
        self.assertTrue(on_portal)
        self.assertFalse(on_portal & identities)

    def test_contractors_see_their_own(self):
        for login in ("entreprise", "entreprise-17"):
            clauses = self.as_user(login, "clause.insertion").search([])
            self.assertTrue(clauses.filtered(lambda clause: clause.state == "running"))
            self.assertEqual(clauses.sudo().partner_id, self.users[login].commercial_partner_id)

    # -- today ---------------------------------------------------------------------------------------

    def test_buyers_meet_every_answer_to_the_obligation(self):
        orders = self.as_user("acheteur", "purchase.order").search([("state", "in", ("draft", "sent"))])
        self.assertEqual(
            set(orders.mapped("insertion_obligation")), {"not_concerned", "required", "satisfied", "exempted"}
        )

    def test_open_data_is_partly_ready(self):
        """Two orders and the agreement are ready, a published one was modified, others lack two facts."""
        question = self.as_user("charge-mission", "clause.insertion.open.data").create({})
        self.assertGreaterEqual(question.ready_count, 4)
        lacking = question.lacking_ids.with_context(lang="en_US").mapped("problems")
        self.assertIn("Missing: CPV code, Offers received.", lacking)
        published = self.as_user("acheteur", "purchase.order").search([("essential_published_on", "!=", False)])
        self.assertEqual(len(published), 1)
        self.assertEqual(published.essential_modification_ids.number, 1)
        self.assertFalse(published.essential_difference)

    def test_hours_grow_with_the_orders_of_the_agreement(self):
        agreement = self.as_user("acheteur", "purchase.requisition").search([])
        self.assertEqual(agreement.clause_insertion_ids.hours_computed, 833)
        self.assertAlmostEqual(agreement.clause_insertion_ids.hours_due, 374.85)

    def test_everybody_has_something_to_do(self):
        running = self.as_user("charge-mission", "clause.insertion").search([("state", "=", "running")])
        self.assertEqual(len(running.filtered("is_amended")), 1)
        self.assertEqual(len(running.filtered(lambda clause: not clause.facilitator_id)), 1)
        self.assertLessEqual({"officer", "contractor", "facilitator"}, set(running.mapped("next_actor")))
        self.assertTrue(all(clause.hours_validated < clause.hours_due for clause in running))

    def test_declarations_in_every_state(self):
        this_year = [("is_taken_over", "=", False)]
        declarations = self.as_user("facilitateur", "clause.insertion.declaration").search(this_year)
        by_state = declarations.grouped("state")
        self.assertEqual(set(by_state), {"draft", "submitted", "validated", "refused"})
        self.assertEqual(by_state["submitted"].warning_count, 2)
        others = self.as_user("relais-portail", "clause.insertion.declaration").search(this_year)
        self.assertEqual(others.filtered(lambda declaration: declaration.state == "submitted").warning_count, 0)
        months = {declaration.validated_on.month for declaration in by_state["validated"]}
        self.assertEqual(len(months), 3)

    def test_penalties_at_each_step(self):
        """One to reply to, one to decide on; the officer's decision waits for finance."""
        penalties = self.as_user("charge-mission", "clause.insertion.penalty").search([])
        self.assertEqual(sorted(penalties.mapped("state")), ["notified", "reduced", "replied"])
        to_take = penalties.search(penalties._to_take())
        self.assertEqual(to_take.amount_decided, 250)
        move = to_take.with_user(self.users["finance"]).action_credit()
        self.assertEqual(self.env["account.move"].browse(move["res_id"]).amount_total, 250)
