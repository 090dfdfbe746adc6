from odoo import api, fields, models

from ...engine.hour_directory import Clause, Contract, Contractors, Directory
from ...engine.hour_file import FileError, rows
from ...engine.hour_rows import Problem, RowReader, cells_by_column, header_problems
from .clause_insertion_import_staging import Staging

MOST_ERRORS = 1000
NOT_RUNNING = ("draft", "planned", "cancelled")


class ClauseInsertionImportCheck(models.AbstractModel):
    """Checks a whole file in a number of queries that does not depend on its length.

    Two passes over the file: the first collects the clauses and people that it names, the second sets every
    row against them and stages what can be written. Only the staging table grows with the file.
    """

    _name = "clause.insertion.import.check"
    _description = "Check of a file of insertion hours"

    @api.model
    def _check(self, record):
        """Fill in the import's counts and errors; return whether its rows, now staged, can be written."""
        content = record._content()
        clause_domain = record._clause_domain()
        values = {"checksum": record._checksum(content), "row_count": 0, "hours": 0, "present_count": 0}
        try:
            problems = self._header_problems(record, content) or self._same_file(record, values["checksum"])
            if not problems:
                directory = self._directory(record, clause_domain, *self._named(record, content))
                problems = self._stage(record, content, directory)
        except FileError as error:
            problems = [Problem(error.row, "", "", error.code)]
        if not problems:
            values |= Staging(self.env).totals()
        self._tell(record.sudo(), problems, values)  # the counts are closed to direct writing
        return not problems

    @api.model
    def _tell(self, record, problems, values):
        record.error_ids.unlink()
        errors = self.env["clause.insertion.import.words"]._error_values(problems)
        record.env["clause.insertion.import.error"].create([{**error, "import_id": record.id} for error in errors])
        message = False
        if len(problems) >= MOST_ERRORS:
            message = self.env._("Only the first %(count)s errors are kept.", count=MOST_ERRORS)
        record.write(
            {
                **values,
                "state": "failed" if problems else "checked",
                "error_count": len(problems),
                "message": message,
            }
        )

    # -- before the rows ---------------------------------------------------------------------------

    @api.model
    def _rows(self, record, content):
        return rows(content, record.filename or "")

    @api.model
    def _header_problems(self, record, content):
        header = next(self._rows(record, content), [])
        return header_problems(header, record.kind == "taken_over")

    @api.model
    def _same_file(self, record, checksum):
        """Among the imports that the user may see: the rows themselves are compared in any case."""
        same = record.search(
            [
                ("checksum", "=", checksum),
                ("state", "=", "done"),
                ("kind", "=", record.kind),
                ("company_id", "=", record.company_id.id),
            ],
            limit=1,
        )
        params = {"date": same.imported_on, "user": same.sudo().user_id.name}  # who sees the import sees by whom
        return [Problem(0, "", "", "already_imported", params)] if same else []

    @api.model
    def _named(self, record, content):
        """First pass: the references of clauses and the pseudonyms that the file holds."""
        clauses, people = set(), set()
        for _number, cells, _has_more in cells_by_column(self._rows(record, content)):
            clauses.add(cells.get("clause", "").upper())
            people.add(cells.get("person", "").upper())
        if not clauses:
            raise FileError("no_rows")
        return clauses, people

    # -- what the database knows -------------------------------------------------------------------

    @api.model
    def _directory(self, record, clause_domain, references, pseudonyms):
        """One query for each kind of record, with the user's own rights."""
        clauses = self.env["clause.insertion"].search_fetch(
            [*clause_domain, ("name", "in", list(references))], ["name", "partner_id", "state", "date_start"]
        )
        people = self.env["clause.insertion.participant"].with_context(active_test=False)
        people = people.search_fetch(
            [("company_id", "=", record.company_id.id), ("name", "in", list(pseudonyms))], ["name"]
        )
        return Directory(
            contractors=self._contractors(clause_domain),
            clauses={
                clause.name: Clause(
                    clause.id, clause.partner_id.id, clause.state not in NOT_RUNNING, clause.date_start or None
                )
                for clause in clauses
            },
            people={person.name: person.id for person in people},
            contracts=self._contracts(clauses, people),
            submitted=self._submitted(clauses) if record.kind == "declared" else (),
            closed_until=record.company_id.sudo().insertion_closed_until or None,
            today=fields.Date.context_today(self),
        )

    @api.model
    def _contractors(self, clause_domain):
        """sudo: the names of the contractors of clauses that the user sees, and their SIRET, are no secret to it."""
        groups = self.env["clause.insertion"]._read_group(clause_domain, ["partner_id"])
        partners = self.env["res.partner"].sudo().browse([partner.id for (partner,) in groups if partner])
        partners.fetch(["name", "company_registry"])
        return Contractors({partner.id: (partner.name or "", partner.company_registry or "") for partner in partners})

    @api.model
    def _contracts(self, clauses, people):
        """sudo: only tells which work contract a line belongs to, among people and clauses that the user sees."""
        contracts = {}
        employments = self.env["clause.insertion.employment"].sudo()
        for employment in employments.search_fetch(
            [("participant_id", "in", people.ids), ("clause_ids", "in", clauses.ids)],
            ["participant_id", "clause_ids", "date_start", "date_end"],
        ):
            contract = Contract(employment.id, employment.date_start, employment.date_end or None)
            for clause in employment.clause_ids:
                contracts.setdefault((employment.participant_id.id, clause.id), []).append(contract)
        return contracts

    @api.model
    def _submitted(self, clauses):
        declarations = self.env["clause.insertion.declaration"].search_fetch(
            [("clause_id", "in", clauses.ids), ("state", "=", "submitted")], ["clause_id", "month"]
        )
        return {(declaration.clause_id.id, declaration.month) for declaration in declarations}

    # -- rows --------------------------------------------------------------------------------------

    @api.model
    def _stage(self, record, content, directory):
        """Second pass: stage the rows that can stand, return the first problems of the others."""
        reader = RowReader(record.kind == "taken_over", directory.today)
        directory.problems = reader.problems
        staging = Staging(self.env)
        staging.fill(self._placed(record, content, reader, directory))
        problems = reader.problems[:MOST_ERRORS]
        if len(problems) < MOST_ERRORS:
            problems += staging.duplicates(MOST_ERRORS - len(problems))
        staging.mark_present()
        return sorted(problems, key=lambda problem: problem.row)

    @api.model
    def _placed(self, record, content, reader, directory):
        for number, cells, has_more in cells_by_column(self._rows(record, content)):
            row = reader.hour(number, cells, has_more)
            if row and (hour := directory.place(row, cells)):
                yield hour
            if len(reader.problems) >= MOST_ERRORS:
                return
