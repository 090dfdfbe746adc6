"""The month as one page: a row per work contract, a cell per kind of hours, and what the contractor types there."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from odoo.exceptions import UserError
from odoo.models import BaseModel

from ...engine.exact import hundredths, total
from ...engine.files.cells import CellError, checked_hours, typed_hours
from ...engine.months import declared_day, last_day, previous_month
from ..base.days import region_today

KINDS = ("work", "training")


@dataclass(frozen=True)
class Cell:
    """The hours of one kind in a row: lines that the contractor may still change, and what the relay has counted."""

    kind: str
    lines: BaseModel
    validated: float
    is_locked: bool
    proposed: str

    @property
    def hours(self) -> float:
        return total(self.lines.mapped("unit_amount"))

    @property
    def text(self) -> str:
        """As the contractor would type it."""
        return typed_hours(self.hours)


@dataclass(frozen=True)
class Row:
    """A work contract on the clause, or a person whose hours fall under none; ``previous`` is the month before."""

    key: str
    employment: BaseModel
    participant_id: int
    pseudonym: str
    person_name: str
    previous: float
    cells: list[Cell]
    refusals: list[str]


class MonthGrid:
    """The page of a declaration: read, and written, in as many queries for many people as for few."""

    def __init__(self, declaration):
        declaration.ensure_one()
        self.declaration, self.env = declaration, declaration.env

    # -- reading -------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[Row]:
        """Contracts in the order of the pseudonyms, then people without one.

        sudo, for the order alone: a contractor does not read a person whom the relay has not confirmed.
        """
        employments = self.declaration.clause_id._employments_in(self.declaration.month)
        of_contracts, of_people = self._lines_by_row(employments)
        return [
            self._row(str(contract.id), contract, contract.participant_id, contract.person_name, of_contracts[contract])
            for contract in employments.sorted(lambda contract: contract.sudo().participant_id.name)
        ] + [
            self._row(f"p{person.id}", employments.browse(), person, lines[0].insertion_person_name, lines)
            for person, lines in of_people.items()
        ]

    def _lines_by_row(self, employments):
        """Lines by work contract, and those under none of these contracts by person."""
        no_lines = self.env["account.analytic.line"].browse
        of_contracts, of_people = defaultdict(no_lines), defaultdict(no_lines)
        for line in self.declaration.line_ids:
            if line.insertion_employment_id in employments:
                of_contracts[line.insertion_employment_id] |= line
            else:
                of_people[line.insertion_participant_id] |= line
        return of_contracts, of_people

    def _row(self, key, employment, person, person_name, lines):
        person = person.sudo()  # the pseudonym alone, of a person on the user's own clause
        refused = lines.filtered(lambda line: line.insertion_state == "refused")
        return Row(
            key,
            employment,
            person.id,
            person.name,
            person_name,
            previous=self._previous_hours[employment] if employment else 0,
            cells=[self._cell(kind, lines, employment) for kind in KINDS],
            refusals=refused.mapped("insertion_refusal"),
        )

    def _cell(self, kind, lines, employment):
        lines = lines.filtered(lambda line: line.insertion_kind == kind)
        validated = lines.filtered(lambda line: line.insertion_state == "validated")
        left = lines - validated
        proposed = 0 if left else self._proposed_hours.get((employment.id, kind), 0)
        return Cell(
            kind,
            left,
            validated=total(validated.mapped("unit_amount")),
            is_locked=bool(validated) and not left,
            proposed=typed_hours(max(proposed, 0)),
        )

    @cached_property
    def _proposed_hours(self):
        return self.declaration._proposed_hours()

    @cached_property
    def _previous_hours(self):
        """Hours of the month before, by work contract."""
        month = previous_month(self.declaration.month)
        clause = self.declaration.clause_id
        sums = self.env["account.analytic.line"]._read_group(
            [("clause_insertion_id", "=", clause.id), ("date", ">=", month), ("date", "<=", last_day(month))],
            ["insertion_employment_id"],
            ["unit_amount:sum"],
        )
        return defaultdict(float, {employment: hundredths(hours) for employment, hours in sums})

    # -- writing -------------------------------------------------------------------------------------

    def save(self, typed):
        """Write the page's cells; nothing is written when one of them is wrong.

        :param typed: ``{(key of the row, kind): text}``; an empty text or 0 clears the cell, and what is not an
            open cell of the page is ignored
        :raise UserError: naming the pseudonym and the value that cannot be read
        """
        self.declaration.check_access("write")
        Line = self.env["account.analytic.line"]
        Line._check_declarant()
        removed, answered, changed, added = Line, Line, defaultdict(Line.browse), []
        for row, cell, text in self._typed_cells(typed):
            if text == cell.text:
                answered |= cell.lines.filtered(lambda line: line.insertion_state == "refused")
                continue
            hours = self._read_hours(text, row)
            if not hours:
                removed |= cell.lines
            elif cell.lines:
                removed |= cell.lines[1:]
                changed[hours, self._declared_day(row)] |= cell.lines[:1]
            else:
                added.append(self._new_line_values(row, cell.kind, hours))
        removed.unlink()
        # sudo: a refused line goes back to draft once corrected; access to the declaration was checked
        as_draft = {"insertion_state": "draft", "insertion_refusal": False}
        answered.sudo().write(as_draft)
        for (hours, day), lines in changed.items():
            lines.sudo().write({**as_draft, "unit_amount": hours, "date": day, "insertion_is_monthly": True})
        Line.create(added)

    def _typed_cells(self, typed):
        return [
            (row, cell, typed[row.key, cell.kind].strip())
            for row in self.rows
            for cell in row.cells
            if not cell.is_locked and (row.key, cell.kind) in typed
        ]

    def _read_hours(self, text, row):
        try:
            return checked_hours(text, "month") if text.strip("0,. ") else 0
        except CellError as error:
            raise UserError(
                self.env._(
                    "%(person)s: “%(value)s” is not a number of hours in a month. Type it such as 120 or 86,5.",
                    person=row.pseudonym,
                    value=text,
                )
            ) from error

    def _declared_day(self, row):
        return declared_day(self.declaration.month, row.employment.date_end, region_today(self.declaration))

    def _new_line_values(self, row, kind, hours):
        return {
            "insertion_declaration_id": self.declaration.id,
            "insertion_participant_id": row.participant_id,
            "insertion_employment_id": row.employment.id,
            "insertion_kind": kind,
            "insertion_is_monthly": True,
            "unit_amount": hours,
            "date": self._declared_day(row),
        }
