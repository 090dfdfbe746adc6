"""Hours, people and contracts: three counts that are never mixed.

Hours add up; people, contracts, work contracts and companies are counted once in the total and once in
each row where they appear. Ratios are sums over sums.
"""

from dataclasses import dataclass, fields

from odoo.addons.clause_insertion.engine.progress import ratio


@dataclass(frozen=True)
class Figures:
    """Hours, and numbers of different things under which those hours were validated."""

    hours_due: float = 0
    hours_declared: float = 0
    hours_validated: float = 0
    contracts: int = 0
    clauses: int = 0
    companies: int = 0
    people: int = 0
    employments: int = 0
    relays: int = 0

    @property
    def hours_per_person(self) -> float:
        """
        >>> round(Figures(hours_validated=40_549, people=189).hours_per_person, 1)
        214.5
        """
        return ratio(self.hours_validated, self.people)

    @property
    def hours_per_contract(self) -> float:
        """
        >>> round(Figures(hours_validated=60_205, contracts=160).hours_per_contract, 1)
        376.3
        """
        return ratio(self.hours_validated, self.contracts)

    @property
    def employments_per_person(self) -> float:
        """
        >>> round(Figures(employments=75_194, people=57_231).employments_per_person, 2)
        1.31
        """
        return ratio(self.employments, self.people)

    def is_empty(self) -> bool:
        return not any(getattr(self, item.name) for item in fields(self))


@dataclass(frozen=True)
class Row:
    """Figures of one value of a dimension; ``key`` is None where the value is not known.

    Withheld rows have no figures; ``is_small`` says that it is for too few people, and not to keep
    another row from being found. ``hides_people``: the hours are shown, the numbers of people are not.
    """

    key: str | None
    figures: Figures | None
    is_small: bool = False
    hides_people: bool = False
