import base64
import csv
import io
import zipfile

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ...engine.files import bounds
from .common import HEADER, ImportCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22")
class TestImportBadFile(ImportCommon):
    """Whatever is wrong is said with its row and column, and nothing is written."""

    def _refused(self, content, kind="declared", user=None, **values):
        return self._imported(user or self.user_officer, content, kind, **values)

    @mute_logger("odoo.tools.mimetypes.guess_mimetype")  # Odoo itself looks into the damaged archive
    def test_file_as_a_whole(self):
        damaged = self._xlsx(HEADER.split(";"))[:-200]
        cases = {
            "empty": (b"", "The file is empty"),
            "blank": (b" \n\n ", "The file is empty"),
            "headers alone": (HEADER.encode(), "The file has no row below its headers"),
            "NUL bytes": (HEADER.encode() + b"\n\0\0", "This is not a text"),
            "no encoding": (HEADER.encode("cp1252") + b"\n\x81\x9d", "The characters of the file"),
            "half of a UTF-16 character": (HEADER.encode("utf-16") + b"\n", "The characters of the file"),
            "one endless line": (b";" * 2**16, "A row is far too long: 65,535 characters at most"),
            "old Excel": (b"\xd0\xcf\x11\xe0" + b"x" * 100, "This is an old Excel file"),
            "damaged workbook": (damaged, "This is not an XLSX workbook"),
            "other archive": (self._archive({"a.txt": b"a"}), "This is not an XLSX workbook"),
        }
        for name, (content, start) in cases.items():
            with self.subTest(name):
                self.assertProblems(self._refused(content), [(0, "", start)])

    def test_text_under_the_name_of_a_workbook(self):
        record = self._refused(self._content(self._row(day="05/10/2026")), filename="heures.XLSX")
        self.assertProblems(record, [(0, "", "This is not an XLSX workbook")])

    def test_workbook_that_would_fill_the_memory(self):
        """Five megabytes of zeros weigh five kilobytes in the archive; the bounds are lowered to show it quickly."""
        self.patch(bounds, "MOST_BYTES_OF_TEXTS", 2**20)
        bomb = self._archive({"xl/workbook.xml": b"", "xl/sharedStrings.xml": bytes(5 * 2**20)})
        self.assertLess(len(bomb), 10_000)
        self.assertProblems(self._refused(bomb), [(0, "", "Once unpacked, the file is too big")])
        self.patch(bounds, "MOST_BYTES_UNZIPPED", 2**21)
        bomb = self._archive({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": bytes(5 * 2**20)})
        self.assertProblems(self._refused(bomb), [(0, "", "Once unpacked, the file is too big")])

    def test_workbook_that_says_to_be_endless(self):
        """A row numbered at the end of the world is not waited for, nor one of millions of cells."""
        content = self._xlsx(HEADER.split(";"), ["x"])
        content = self._with_part(
            content, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="2"', b'r="999999999999"')
        )
        self.assertProblems(self._refused(content), [(0, "", "There are too many rows: 1,048,576 at most")])
        content = self._with_part(
            content,
            "xl/worksheets/sheet1.xml",
            lambda xml: xml.replace(b"<sheetData>", b"<sheetData><row>" + b"<c/>" * 20_000 + b"</row>"),
        )
        self.assertProblems(
            self._refused(content), [(1, "", "The row is too wide: 256 columns at most, 16,384 with its empty cells")]
        )

    def test_huge_file(self):
        self.patch(bounds, "MOST_BYTES", 1000)
        record = self._refused(b"x" * 1001)
        self.assertProblems(record, [(0, "", "The file is too big")])
        self.assertIn("MB at most", record.error_ids.expected)

    def test_headers(self):
        row = self._row(day="05/10/2026")
        cases = {
            "unknown delimiter": (HEADER.replace(";", "|"), [(1, "", "The headers cannot be told apart")]),
            "missing": (
                "titulaire;clause;heures;a",
                [
                    (1, "participant", "A column is missing"),
                    (1, "jour", "A column is missing"),
                    (1, "", "Column D is not"),
                ],
            ),
            "twice": (HEADER + ";heures", [(1, "heures", "This column is there twice")]),
            "a name": (HEADER + ";nom;prénom", [(1, "", "Column I is not"), (1, "", "Column J is not")]),
        }
        for name, (header, problems) in cases.items():
            with self.subTest(name):
                self.assertProblems(self._refused(self._content(row, header=header)), problems)
        record = self._refused(self._content(row, header=HEADER.removesuffix(";validé le")), "taken_over")
        self.assertProblems(record, [(1, "validé le", "A column is missing")])

    def test_cells(self):
        day = {"day": "05/10/2026"}
        cases = [
            ({}, "jour", "There is neither a day nor a month"),
            ({**day, "month": "10/2026"}, "jour", "There are both"),
            ({"day": "31/02/2026"}, "jour", "This date does not exist"),
            ({"day": "5 octobre"}, "jour", "This is not a day"),
            ({"month": "2026"}, "mois", "This is not a month"),
            ({"day": "23/11/2026"}, "jour", "This date is in the future"),
            ({"month": "12/2026"}, "mois", "This date is in the future"),
            ({**day, "hours": ""}, "heures", "The cell is empty"),
            ({**day, "hours": "sept"}, "heures", "This is not a number of hours"),
            ({**day, "hours": "7h75"}, "heures", "This is not a number of hours"),
            ({**day, "hours": "nan"}, "heures", "This is not a number of hours"),
            ({**day, "hours": "-7"}, "heures", "Hours are more than zero"),
            ({**day, "hours": "0"}, "heures", "Hours are more than zero"),
            ({**day, "hours": "24,5"}, "heures", "A day has 24 hours"),
            ({"month": "10/2026", "hours": "745"}, "heures", "A month has 744 hours"),
            ({**day, "kind": "stage"}, "nature", "This nature of hours is unknown"),
            ({**day, "contractor": "73282932000075"}, "titulaire", "This is not a valid SIRET"),
            ({**day, "contractor": "Personne et Fils"}, "titulaire", "No contractor with this name"),
            ({**day, "contractor": self.other_contractor.name}, "titulaire", "This clause is another contractor's"),
            ({**day, "clause": "CI/1999/0001"}, "clause", "No clause with this reference"),
            ({**day, "person": "P-999999"}, "participant", "No such person"),
            ({**day, "person": "Camille Exemple"}, "participant", "This is not a person's pseudonym"),
            ({**day, "validated_on": "06/10/2026"}, "validé le", "These hours are declared"),
            ({"day": "31/08/2026"}, "jour", "The clause begins on"),
        ]
        record = self._refused(self._content(*(self._row(**cells) for cells, _column, _start in cases)))
        self.assertProblems(record, [(row, column, start) for row, (_cells, column, start) in enumerate(cases, 2)])
        self.assertTrue(all(record.error_ids.mapped("expected")))

    def test_dates_of_validation(self):
        cases = [
            ("", "The cell is empty"),
            ("23/11/2026", "This date is in the future"),
            ("04/10/2026", "Validated before being worked"),
        ]
        rows = [self._row(day="05/10/2026", validated_on=text) for text, _start in cases]
        record = self._refused(self._content(*rows), "taken_over")
        self.assertProblems(record, [(row, "validé le", start) for row, (_text, start) in enumerate(cases, 2)])

    def test_every_error_of_a_row_is_said_at_once(self):
        record = self._refused(self._content(self._row(day="31/02/2026", hours="25", kind="x", person="y")))
        self.assertEqual(record.error_ids.mapped("column"), ["participant", "jour", "heures", "nature"])

    def test_formulas_are_never_run(self):
        """Nor handed on: the report that is downloaded makes them harmless."""
        formulas = ["=1+1", "@SUM(A1)", "+33", "-A1", '"=HYPERLINK(""http://exemple.invalid"")"']
        rows = [self._row(day="05/10/2026", hours=text) for text in formulas]
        rows += [self._row(day="05/10/2026", contractor="=cmd|' /C calc'!A0")]
        record = self._refused(self._content(*rows))
        self.assertProblems(
            record,
            [(row, "heures", "The cell begins like a formula") for row in range(2, 7)]
            + [(7, "titulaire", "The cell begins like a formula")],
        )
        cells = self._report(record)
        self.assertEqual(cells[1][2], "'=1+1")
        self.assertEqual(cells[6][2], "(not repeated here)")
        self.assertFalse([cell for row in cells for cell in row if cell.startswith(("=", "+", "-", "@"))])

    def test_formulas_of_a_workbook(self):
        record = self._refused(
            self._xlsx(
                HEADER.split(";"),
                [self.contractor.name, self.clause.name, self.person.name, None, "05/10/2026", "=3+4"],
            )
        )
        self.assertProblems(record, [(2, "heures", "The cell begins like a formula")])

    def test_names_are_not_repeated(self):
        """What may be somebody's name is neither kept among the errors nor written to the report."""
        rows = [
            {"person": "Camille Exemple 12/03/1980", "kind": "Camille"},
            {"clause": "EXEMPLE", "contractor": "Camille Exemple"},
        ]
        record = self._refused(self._content(*(self._row(day="05/10/2026", **cells) for cells in rows)))
        report = base64.b64decode(record.report_file).decode("utf-8-sig")
        self.assertEqual(len(record.error_ids), 4)
        self.assertNotIn("EXEMPLE", report)
        self.assertNotIn("Camille", report)
        record = self._refused(self._content("Camille;Exemple;12", header="Exemple;Camille;heures"))
        self.assertNotIn("Exemple", str(record.error_ids.mapped("value")))
        record = self._refused(self._content(self._row(day="05/10/2026"), header=f"{HEADER};Camille Exemple"))
        self.assertEqual(record.error_ids.mapped("problem"), ["Column I is not expected."])
        self.assertNotIn("Camille", str(record.error_ids.read()))

    def test_ambiguous_contractor(self):
        self.other_contractor.name = self.contractor.name
        record = self._refused(self._content(self._row(day="05/10/2026")))
        self.assertProblems(record, [(2, "titulaire", "Several contractors have this name")])

    def test_clause_states(self):
        draft = self._new_clause(self._new_order())
        cancelled = self._new_running_clause()
        cancelled.purchase_order_id.button_cancel()
        rows = [self._row(day="05/10/2026", clause=clause.name) for clause in (draft, cancelled)]
        self.assertProblems(
            self._refused(self._content(*rows)),
            [(2, "clause", "This clause takes no hours"), (3, "clause", "This clause takes no hours")],
        )

    def test_closed_months(self):
        """Up to the closing day included; for a month, what counts is the day on which its hours stand."""
        self.company.insertion_closed_until = "2026-09-15"
        self.employment.date_end = "2026-09-11"
        rows = [self._row(day="15/09/2026"), self._row("09/2026"), self._row(day="16/09/2026")]
        self.assertProblems(
            self._refused(self._content(*rows)),
            [(2, "jour", "Hours are closed until"), (3, "mois", "Hours are closed until")],
        )

    def test_month_that_waits_for_the_relay(self):
        declaration = self._new_declaration(self.clause, "2026-09-01", {self.person: 10})
        declaration.action_submit()
        record = self._new_import(self.user_officer, self._content(self._row(day="05/09/2026")))
        record.action_check()
        self.assertEqual(record.error_ids.mapped("column"), ["jour"])
        self.assertIn("was submitted", record.error_ids.problem)

    def test_duplicates_inside_the_file(self):
        """The first row is named; other hours on the same day are another matter."""
        row = self._row(day="05/10/2026", hours="7,5")
        others = [self._row(day="05/10/2026", hours="7"), self._row(day="05/10/2026", hours="7,5", kind="formation")]
        record = self._refused(self._content(row, *others, "", row.replace("7,5", "7h30")))
        self.assertProblems(record, [(6, "", "Same clause, person, date, nature and hours as row 2")])

    def test_decimal_commas_among_comma_separated_columns(self):
        row = self._row(day="05/10/2026", hours="7,5", kind="travail", validated_on="06/10/2026")
        record = self._refused(self._content(row).replace(";", ","), "taken_over")
        self.assertProblems(
            record,
            [
                (2, "", "The row has more cells"),
                (2, "nature", "This nature of hours is unknown"),
                (2, "validé le", "This is not a day"),
            ],
        )

    def test_broken_quotes(self):
        record = self._refused(self._content(self._row(day="05/10/2026"), self._row(contractor='"Seuil')))
        self.assertProblems(record, [(3, "", "A quotation mark is opened")])

    def test_only_the_first_errors_are_kept(self):
        rows = [self._row(day="05/10/2026", hours="x1")] * 1500
        record = self._refused(self._content(*rows))
        self.assertEqual((record.error_count, len(record.error_ids)), (1000, 1000))
        self.assertIn("first 1000 errors", record.message)
        self.assertEqual(len(self._report(record)), 1001)

    def test_one_bad_row_among_good_ones_writes_nothing(self):
        rows = [self._row(day=f"{day:02}/10/2026") for day in range(1, 30)]
        self.assertProblems(
            self._refused(self._content(*rows, self._row(day="32/10/2026"))), [(31, "jour", "This date does not exist")]
        )

    # -- helpers -----------------------------------------------------------------------------------

    def _report(self, record):
        text = base64.b64decode(record.report_file).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text), delimiter=";"))

    def _archive(self, parts):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return file.getvalue()

    def _with_part(self, content, name, change):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part: archive.read(part) for part in archive.namelist()}
        parts[name] = change(parts[name])
        return self._archive(parts)
