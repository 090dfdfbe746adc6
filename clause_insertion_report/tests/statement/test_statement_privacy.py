import importlib.util
import io
from pathlib import Path

import lxml.html
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY, FiguresCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestStatementPrivacy(FiguresCommon):
    """What leaves the relay never singles out fewer than five people."""

    def _people(self, number, **values):
        return [self._hire(self.north, **values) for _number in range(number)]

    def _table(self, statement, title):
        return next(table for table in statement._tables().breakdowns if table.title == title)

    def _shown(self, table):
        """The people of each row."""
        people = next(number for number, header in enumerate(table.headers) if header.startswith("People")) - 1
        return {line.label: line.cells[people].value for line in table.lines}

    def test_a_small_group_is_withheld_and_cannot_be_found_by_subtraction(self):
        women, men = self._people(7, gender="female"), self._people(3, gender="male")
        self._work(self.north, dict.fromkeys(women + men, 10))
        statement = self._statement()
        self.assertEqual(self._rows(statement._statement(), "gender"), {"female": None, "male": None})
        table = self._table(statement, "Gender")
        self.assertEqual(self._shown(table), {"Woman": "withheld", "Man": "< 5"})
        self.assertEqual([cell.value for cell in table.total.cells], [10])

    def test_groups_of_five_are_shown(self):
        women, men = self._people(5, gender="female"), self._people(6, gender="male")
        self._work(self.north, dict.fromkeys(women + men, 10))
        self.assertEqual(self._shown(self._table(self._statement(), "Gender")), {"Woman": 5, "Man": 6})

    def test_age_bands(self):
        for birth_year, number in ((2001, 9), (1990, 6), (1970, 2)):
            self._work(self.north, dict.fromkeys(self._people(number, birth_year=birth_year), 10))
        shown = self._shown(self._table(self._statement(), "Age"))
        self.assertEqual(shown, {"Under 26": 9, "26 to 49": "withheld", "50 and over": "< 5"})

    def test_where_all_are_few_no_row_is_named(self):
        self._work(self.north, dict.fromkeys(self._people(4, gender="female"), 10))
        tables = {table.title: table for table in self._statement()._tables().breakdowns}
        self.assertFalse({"Gender", "Age", "Eligible public"} & tables.keys())
        self.assertEqual(self._shown(tables["Relay"])[self.relay.name], "< 5")
        people = next(line for line in self._statement()._tables().summary.lines if line.label == "People")
        self.assertEqual(people.cells[0].value, "< 5")

    def test_what_is_withheld_reads_the_same_everywhere(self):
        """On screen, in print and in the spreadsheet: as many cells, with the same text in each."""
        women, men = self._people(7, gender="female"), self._people(3, gender="male")
        self._work(self.north, dict.fromkeys(women + men, 10))
        self._work(self.south, {self._hire(self.south): 10})
        wizard = self._statement()
        tables = wizard._tables().all
        cells = [cell for table in tables for line in (*table.lines, table.total) if line for cell in line.cells]
        withheld = sorted(cell.value for cell in cells if cell.is_withheld)
        self.assertEqual(set(withheld), {"< 5", "withheld", "–"})
        actions = self.env["ir.actions.report"].with_user(self.user_reader)
        name = "clause_insertion_report.clause_insertion_statement"
        printed, _kind = actions._render_qweb_html(f"{name}_pdf", wizard.ids)
        for page in (wizard.preview, printed):
            told = [cell.text for cell in lxml.html.fromstring(page).iter("td")]
            self.assertEqual(sorted(text for text in told if text in set(withheld)), withheld)
        content, _kind = actions.with_context(active_model=wizard._name)._render_xlsx(name, wizard.ids, {})
        told = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
        self.assertEqual(sorted(cell.value for cell in told if cell.value in set(withheld)), withheld)
        self.assertTrue(all(cell.font.italic for cell in told if cell.value in set(withheld)))

    def test_sensitive_publics_are_one_row_without_a_name(self):
        """Five people are known by two sensitive publics: one row, in which each counts once."""
        health, justice = (self.env.ref(f"clause_insertion.public_{name}") for name in ("th", "detention_mj"))
        self.assertTrue(health.sensitive and justice.sensitive)
        people = self._people(5)
        for person in people:
            person.public_ids = health | justice
        young = self.env.ref("clause_insertion.public_jeune")
        self._work(self.north, dict.fromkeys(people + self._people(5), 10))
        statement = self._statement()
        table = self._table(statement, "Eligible public")
        self.assertEqual(self._shown(table), {young.name: 5, "Other eligible publics": 5})
        for name in (health.name, justice.name):
            self.assertNotIn(name, statement.preview)

    def test_a_person_without_a_public_is_not_lost(self):
        people = self._people(10)
        for person in people[:5]:
            person.public_ids = False
        self._work(self.north, dict.fromkeys(people, 10))
        shown = self._shown(self._table(self._statement(), "Eligible public"))
        self.assertEqual(shown, {self.env.ref("clause_insertion.public_jeune").name: 5, "Not stated": 5})

    def test_nobody_is_named(self):
        people = [self._hire(self.north, firstname="Zénobie", lastname="Introuvable") for _number in range(6)]
        self._work(self.north, dict.fromkeys(people, 10))
        preview = self._statement().preview
        self.assertNotIn("Introuvable", preview)
        self.assertNotIn(people[0].name, preview)

    def test_the_readers_clock_changes_nothing(self):
        """A month ends for everybody at once: hours validated that evening are in one month, whatever the time zone."""
        women, men = self._people(6, gender="female"), self._people(6, gender="male")
        declaration = self._declare(self.north, dict.fromkeys(women + men, 10))
        self._validate(declaration, on="2026-02-28 22:30:00")  # 23:30 in Paris, 1 March further east
        for zone in ("Pacific/Kiritimati", "Europe/Paris", "Pacific/Honolulu"):
            statement = self._statement(as_of="2026-02-28").with_context(tz=zone)
            shown = {key: row.people for key, row in self._rows(statement._statement(), "gender").items()}
            self.assertEqual(shown, {"female": 6, "male": 6}, zone)

    def test_who_is_in_no_department_is_not_found_by_subtraction(self):
        """All women less those of the two departments would be the one who is in none."""
        departments = self.env["hr.department"].create([{"name": "A (fictive)"}, {"name": "B (fictive)"}])
        alone = self._started_clause(self.contractor, "86000")
        for clause, department in zip(self.north | self.south, departments, strict=True):
            clause.sudo().buyer_department_id = department
            women = [self._hire(clause, gender="female") for _number in range(6)]
            men = [self._hire(clause, gender="male") for _number in range(6)]
            self._work(clause, dict.fromkeys(women + men, 10))
        self._work(alone, {self._hire(alone, gender="female"): 10})
        whole = self._statement()
        self.assertEqual(self._rows(whole._statement(), "gender")["female"].people, 13)
        for department in departments:
            part = self._statement()
            part.write({"scope": "department", "department_id": department.id})
            self.assertEqual(self._rows(part._statement(), "gender"), {"female": None, "male": None})

    def test_the_department_is_frozen_with_the_contract(self):
        department = self.env["hr.department"].create({"name": "A (fictive)"})
        with self.assertRefused(UserError, "frozen"):
            self.north.with_user(self.user_officer).buyer_department_id = department

    def test_a_small_company_is_not_the_rest_of_a_consolidation(self):
        """Six women in one, two in the other: of both together, nothing by gender."""
        second = self.env["res.company"].create({"name": "A second Region (fictive)", "zip": "86000"})
        for user in (self.user_reader, self.user_facilitator):
            user.company_ids |= second
        self._work(self.north, dict.fromkeys(self._people(6, gender="female") + self._people(6, gender="male"), 10))
        with freeze_time("2025-01-15 08:00:00"):
            order = self._new_order(company_id=second.id)
            clause = self._new_clause(order, date_end="2026-12-31", facilitator_id=self.relay.id)
            order.button_confirm()
        self._work(clause, {self._hire(clause, self.relay, company_id=second.id, gender="female"): 10})
        asked = self._statement().with_context(allowed_company_ids=[self.company.id, second.id])
        asked.scope = "companies"
        self.assertEqual(asked._statement().total.people, 13)
        self.assertNotIn(
            "female", {key for key, figures in self._rows(asked._statement(), "gender").items() if figures}
        )

    def test_a_relay_reads_no_more_of_anothers_people(self):
        """The hours under its clauses are its own to read; what their people are like is for who hired them."""
        self._work(self.north, dict.fromkeys(self._people(1), 10))
        report = self.env["clause.insertion.hours.report"]
        for name in ("education_level", "exit_kind"):
            with self.assertRaises(AccessError):
                report.with_user(self.user_facilitator)._read_group([], [name])
            report.with_user(self.user_reader)._read_group([], [name])

    def _by_public(self, scope="company", **values):
        """``(people, hours or None)`` of each public, in the statement of a scope."""
        question = self._statement()
        question.write({"scope": scope, **values})
        rows = question._statement().breakdowns["public"]
        return {
            row.key: (row.figures.people, row.figures.hours_validated if row.tells("hours_validated") else None)
            for row in rows
            if row.figures
        }

    def test_hours_do_not_tell_who_is_of_a_public(self):
        """Finance knows the hours of each pseudonym; an exact sum of six of them would name the six."""
        rsa = self.env.ref("clause_insertion.public_rsa")
        people = self._people(12)
        for person in people[:6]:
            person.public_ids = rsa
        self._work(self.north, {person: 10 + number * 1.25 for number, person in enumerate(people)})
        department = self.env["hr.department"].create({"name": "A (fictive)"})
        self.north.sudo().buyer_department_id = department
        lines = self.north.line_ids.with_user(self.user_reader)
        known = {line.insertion_participant_id: line.unit_amount for line in lines}
        self.assertEqual(len(known), 12, "what the attack stands on")
        for scope, values in (
            ("company", {}),
            ("companies", {}),
            ("facilitator", {"facilitator_id": self.relay.id}),
            ("partner", {"partner_id": self.contractor.id}),
            ("department", {"department_id": department.id}),
        ):
            with self.subTest(scope=scope):
                found = self._by_public(scope, **values)
                self.assertEqual(found[str(rsa.id)], (6, None))
                self.assertEqual({hours for _people, hours in found.values()}, {None})
        statement = self._statement(user=self.user_officer)
        statement.write({"scope": "partner", "partner_id": self.contractor.id})
        publication = self.env["clause.insertion.publication"].browse(statement.action_publish()["res_id"])
        kept = publication.figures["statement"]["breakdowns"]["public"]
        self.assertEqual({row["figures"]["hours_validated"] for row in kept}, {0}, "what is not shown is not kept")
        note = self._table(statement, "Eligible public").notes[-1]
        self.assertIn("of the whole Region alone", note)

    def test_hours_of_many_people_are_told_of_the_whole_region_once_a_year(self):
        """Fifty people who are of a public and fifty who are not: a sum of theirs may be of 2^96 others."""
        rsa = self.env.ref("clause_insertion.public_rsa")
        people = self._people(100)
        for person in people[:50]:
            person.public_ids = rsa
        self._work(self.north, dict.fromkeys(people, 10.25))
        young = self.env.ref("clause_insertion.public_jeune")
        told = {str(rsa.id): (50, 510), str(young.id): (50, 510)}
        self.assertEqual(self._by_public(), told)
        self.assertEqual(self._by_public("facilitator", facilitator_id=self.relay.id)[str(rsa.id)], (50, None))
        late = self._declare(self.north, dict.fromkeys(people[:10], 30), "2025-12-01", on="2026-03-05 10:00:00")
        self._validate(late, on="2026-03-06 10:00:00")
        with freeze_time("2026-04-02 10:00:00"):
            self.assertEqual(self._by_public(), told, "what is validated after February changes nothing")
        with freeze_time("2026-02-28 10:00:00"):
            question = self._statement(as_of="2026-02-28")
            rows = question._statement().breakdowns["public"]
            self.assertEqual({row.only for row in rows}, {("people",)}, "February is not over")
        table = self._table(self._statement(), "Eligible public")
        self.assertEqual(table.headers[2:], ("Hours validated", "Share of hours"))
        self.assertEqual([cell.value for cell in table.lines[0].cells], [50, 510, 510 / 1025])
        self.assertEqual(table.total.cells[1].value, 1025)

    def test_what_was_published_before_is_mended(self):
        """Exact hours of a contractor's people leave what was published; those of a large Region are rounded."""
        script = Path(__file__).parents[2] / "migrations" / "19.0.1.2.0" / "post-traits.py"
        spec = importlib.util.spec_from_file_location("post_traits", script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        figures = dict.fromkeys(("hours_validated", "people", "contracts", "employments"), 0)
        for is_whole, people, left in ((False, 60, (60, 0)), (True, 60, (60, 1230)), (True, 12, (12, 0))):
            row = {"key": "7", "figures": {**figures, "hours_validated": 1234.5, "people": people, "contracts": 3}}
            withheld = {"key": "8", "figures": None}
            statement = {"people_total": {"people": 200}, "breakdowns": {"public": [row, withheld]}}
            module._mend(statement, is_whole)
            self.assertEqual((row["figures"]["people"], row["figures"]["hours_validated"]), left)
            self.assertEqual((row["figures"]["contracts"], withheld["figures"]), (0, None))
        self._work(self.north, dict.fromkeys(self._people(6), 10))
        question = self._statement(user=self.user_officer)
        publication = self.env["clause.insertion.publication"].browse(question.action_publish()["res_id"])
        self.env.flush_all()
        module.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        rows = publication._statement().breakdowns["gender"]
        self.assertEqual({row.only for row in rows if row.figures}, {("people",)})

    def test_who_sent_a_person_is_no_column_of_the_hours(self):
        """Its kind alone ("social service for the RSA") would say why each pseudonym is eligible."""
        self.assertNotIn("prescriber_kind", self.env["clause.insertion.hours.report"].sudo()._fields)

    def test_the_region_does_not_find_people_by_their_prescriber(self):
        with self.assertRaises(AccessError):
            self.env["clause.insertion.participant"].with_user(self.user_manager).search(
                [("prescriber_id.insertion_prescriber_kind", "=", "SPIP")]
            )

    def test_what_is_withheld_is_not_kept(self):
        self._work(self.north, dict.fromkeys(self._people(2), 10))
        question = self._statement(user=self.user_officer)
        publication = self.env["clause.insertion.publication"].browse(question.action_publish()["res_id"])
        kept = publication.figures["statement"]
        self.assertEqual((kept["total"]["people"], kept["people_total"]["people"]), (0, 0))
        self.assertEqual([row["figures"]["people"] for row in kept["breakdowns"]["relay"] if row["figures"]], [0, 0])
        people = next(line for line in publication._document().tables[0].lines if line.label == "People")
        self.assertEqual(people.cells[0].value, "< 5")
