import hashlib

from ...engine.files.errors import FileError
from ...engine.files.hours import HEADINGS, HourReader, cells_by_column, header_problems
from ...engine.files.hours_matching import Clause, Contract, Contractors, HourMatcher, KnownRecords
from ...engine.files.rows import rows
from ...engine.files.table import Problem
from ..base.days import region_today
from .import_staging import ImportStaging

MOST_ERRORS = 1000
MOST_HOURS = 100_000  # written in one transaction: a third of Odoo's time limit for a worker (120 s)
REFUSALS = {**dict.fromkeys(("draft", "planned", "cancelled"), "clause_not_running"), "certified": "clause_certified"}


class ImportCheck:
    """Checks a whole file in a number of queries that does not depend on its length.

    Two passes over the file: the first collects the clauses and people that it names, the second sets every
    row against them and stages what can be written. Only the staging table grows with the file.
    """

    def __init__(self, record):
        self.record = record
        self.env = record.env
        self.content = record._content()
        self.checksum = hashlib.sha256(self.content).hexdigest()
        self.is_taken_over = record.kind == "taken_over"
        self.clause_domain = record._clause_domain()

    def problems(self):
        """What is wrong in the file; its rows are staged, to be written, when nothing is."""
        try:
            return self._header_problems() or self._same_file() or self._stage(self._known_records())
        except FileError as error:
            return [Problem(error.row, "", "", error.code)]

    # -- before the rows ---------------------------------------------------------------------------

    def _rows(self):
        return rows(self.content, self.record.filename or "", HEADINGS.column)

    def _header_problems(self):
        return header_problems(next(self._rows(), []), self.is_taken_over)

    def _same_file(self):
        """Among the imports that the user may see: the rows themselves are compared in any case."""
        same = self.record.search(
            [
                ("checksum", "=", self.checksum),
                ("state", "=", "done"),
                ("kind", "=", self.record.kind),
                ("company_id", "=", self.record.company_id.id),
            ],
            limit=1,
        )
        params = {"date": same.imported_on, "user": same.sudo().user_id.name}  # who sees the import sees by whom
        return [Problem(0, "", "", "already_imported", params)] if same else []

    def _named(self):
        """First pass: the references of clauses and the pseudonyms that the file holds."""
        clauses, people = set(), set()
        for _number, cells, _has_more in cells_by_column(self._rows()):
            clauses.add(cells.get("clause", "").upper())
            people.add(cells.get("person", "").upper())
        if not clauses:
            raise FileError("no_rows")
        return list(clauses), list(people)

    # -- what the database knows -------------------------------------------------------------------

    def _known_records(self):
        """One query for each kind of record, with the user's own rights."""
        references, pseudonyms = self._named()
        clauses = self.env["clause.insertion"].search_fetch(
            [*self.clause_domain, ("name", "in", references)], ["name", "partner_id", "state", "date_start"]
        )
        people = self.env["clause.insertion.participant"].with_context(active_test=False)
        people = people.search_fetch(
            [("company_id", "=", self.record.company_id.id), ("name", "in", pseudonyms)], ["name"]
        )
        return KnownRecords(
            contractors=self._contractors(),
            clauses={
                clause.name: Clause(
                    clause.id,
                    clause.partner_id.id,
                    clause.date_start or None,
                    REFUSALS.get(clause.state, ""),
                )
                for clause in clauses
            },
            people={person.name: person.id for person in people},
            contracts=self._contracts(clauses, people),
            submitted=() if self.is_taken_over else self._submitted(clauses),
            closed_until=self.record.company_id.sudo().insertion_closed_until or None,
            today=region_today(self.record),
        )

    def _contractors(self):
        """sudo: the names of the contractors of clauses that the user sees, and their SIRET, are no secret to it."""
        groups = self.env["clause.insertion"]._read_group(self.clause_domain, ["partner_id"])
        partners = self.env["res.partner"].sudo().browse([partner.id for (partner,) in groups if partner])
        partners.fetch(["name", "company_registry"])
        return Contractors({partner.id: (partner.name or "", partner.company_registry or "") for partner in partners})

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

    def _submitted(self, clauses):
        declarations = self.env["clause.insertion.declaration"].search_fetch(
            [("clause_id", "in", clauses.ids), ("state", "=", "submitted")], ["clause_id", "month"]
        )
        return {(declaration.clause_id.id, declaration.month) for declaration in declarations}

    # -- rows --------------------------------------------------------------------------------------

    def _stage(self, known):
        """Second pass: stage the rows that can stand, return the first problems of the others."""
        reader = HourReader(self.is_taken_over, known.today)
        staging = ImportStaging(self.env)
        staging.fill(self._hours(reader, HourMatcher(known, reader.problems)))
        problems = reader.problems[:MOST_ERRORS]
        if len(problems) < MOST_ERRORS:
            problems += staging.duplicates(MOST_ERRORS - len(problems))
        staging.mark_present()
        found = staging.totals()
        if (new := found["row_count"] - found["present_count"]) > MOST_HOURS:
            problems.append(Problem(0, "", "", "many_hours", {"new": new, "most": MOST_HOURS}))
        return sorted(problems, key=lambda problem: problem.row)

    def _hours(self, reader, matcher):
        for number, cells, has_more in cells_by_column(self._rows()):
            row = reader.hour(number, cells, has_more)
            if row and (hour := matcher.match(row, cells)):
                yield hour
            if len(reader.problems) >= MOST_ERRORS:
                return
