import csv
import io
import json
import zipfile

from openpyxl import load_workbook

from odoo.tests import tagged

from ..common import PortalCase

LIVE = '=HYPERLINK("http://exemple.invalid";"Cliquez")'
TITLES = (LIVE, "{=1+1}", "http://exemple.invalid", "+33 5", "@SUM(A1)", "-5")


@tagged("post_install", "-at_install")
class TestSpreadsheetExport(PortalCase):
    """A contractor types a formula as a job title; an officer exports the list and opens it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_officer.group_ids |= cls.env.ref("base.group_allow_export")
        cls.clause = cls._new_running_clause()
        cls.requests = cls.env["clause.insertion.recruitment"].create(
            [
                {"clause_id": cls.clause.id, "job_title": title, "quantity": 3, "date_start": "2026-12-01"}
                for title in TITLES
            ]
        )

    def _export(self, kind, columns, **params):
        self._login(self.user_officer)
        data = {
            "model": "clause.insertion.recruitment",
            "ids": self.requests.ids,
            "domain": [],
            "import_compat": False,
            "fields": [
                {"name": name, "label": label, "type": self.requests._fields[name.partition("/")[0]].type}
                for name, label in columns.items()
            ],
            **params,
        }
        answer = self._post(f"/web/export/{kind}", data=json.dumps(data))
        self.assertEqual(answer.status_code, 200)
        return answer.content

    def _cells(self, content):
        return {cell.value: cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row}

    def test_a_list(self):
        """The text as it was typed, so that the file can be imported again; numbers stay numbers."""
        cells = self._cells(self._export("xlsx", {"job_title": LIVE, "quantity": "Number"}))
        for title in TITLES:
            self.assertIn(title, cells)
        self.assertEqual(cells[3].data_type, "n")
        self.assertFalse(self._formulas(self._export("xlsx", {"job_title": LIVE, "quantity": "Number"})))

    def _formulas(self, content):
        """As the file says it: openpyxl takes any text that begins with = for a formula."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        return [tag for tag in ("<f>", "<f ", "<hyperlink") if tag in sheet]

    def test_groups(self):
        content = self._export("xlsx", {"job_title": "Job", "quantity": "Number"}, groupby=["job_title"])
        self.assertIn(f"{LIVE} (1)", self._cells(content))
        self.assertFalse(self._formulas(content))

    def test_names_of_other_records(self):
        """Of a list of requests, of contacts: wherever the text comes from."""
        self.contractor.name = LIVE
        self.assertFalse(self._formulas(self._export("xlsx", {"partner_id": "Contractor", "job_title": "Job"})))
        names = [{"name": "name", "label": "Name", "type": "char"}]
        content = self._export("xlsx", {}, model="res.partner", ids=self.contractor.ids, fields=names)
        self.assertIn(LIVE, self._cells(content))
        self.assertFalse(self._formulas(content))

    def test_a_csv(self):
        """It has no types: an apostrophe says that it is a text."""
        content = self._export("csv", {"job_title": "Job", "quantity": "Number"}).decode()
        rows = list(csv.reader(io.StringIO(content)))[1:]
        self.assertEqual({row[1] for row in rows}, {"3"})
        self.assertEqual(
            {row[0] for row in rows},
            {f"'{LIVE}", "{=1+1}", "http://exemple.invalid", "'+33 5", "'@SUM(A1)", "'-5"},
        )

    def test_a_pivot(self):
        self._login(self.user_officer)
        pivot = {
            "title": "Demandes",
            "model": "clause.insertion.recruitment",
            "measure_count": 1,
            "origin_count": 1,
            "col_group_headers": [[{"title": LIVE, "width": 1, "height": 1}]],
            "measure_headers": [{"title": "{=1+1}", "width": 1, "height": 1, "is_bold": False}],
            "rows": [{"title": LIVE, "indent": 0, "values": [{"value": -5}, {"value": "=1+1"}]}],
        }
        answer = self._post("/web/pivot/export_xlsx", data=json.dumps(pivot))
        self.assertFalse(self._formulas(answer.content))
        cells = self._cells(answer.content)
        self.assertIn(f"'{LIVE}", cells)
        self.assertEqual(cells[-5].data_type, "n")
