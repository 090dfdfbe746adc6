"""Hours, people and contracts: three counts that are never mixed; and the ways in which they are broken down.

Hours add up; people, contracts, work contracts and companies are counted once in the total and once in
each row where they appear. Ratios are sums over sums.
"""

from dataclasses import dataclass, fields

from odoo.addons.clause_insertion.engine.progress import full_time_equivalents


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
        >>> round(Figures(hours_validated=40_549, people=189).hours_per_person, 1), Figures().hours_per_person
        (214.5, 0.0)
        """
        return self.hours_validated / self.people if self.people else 0.0

    @property
    def hours_per_contract(self) -> float:
        """
        >>> round(Figures(hours_validated=60_205, contracts=160).hours_per_contract, 1)
        376.3
        """
        return self.hours_validated / self.contracts if self.contracts else 0.0

    def full_time_equivalents(self, base: float) -> float:
        """``base``: hours of a full-time job in a year.

        >>> round(Figures(hours_validated=25_124_684).full_time_equivalents(1600))
        15703
        """
        return full_time_equivalents(self.hours_validated, base)

    def is_empty(self) -> bool:
        return not any(getattr(self, item.name) for item in fields(self))


@dataclass(frozen=True)
class Row:
    """Figures of one value of a dimension; ``key`` is None where the value is not known.

    Withheld rows have no figures; ``is_small`` says that it is for too few people, and not to keep
    another row from being found. ``hides_people``: the hours are shown, the numbers of people are not.
    ``only``: the names of the figures that are known, where not all are.
    """

    key: str | None
    figures: Figures | None
    is_small: bool = False
    hides_people: bool = False
    only: tuple[str, ...] = ()

    def tells(self, figure: str) -> bool:
        """
        >>> people = Row("rsa", Figures(people=7), only=("people",))
        >>> people.tells("people"), people.tells("hours_validated"), Row("rsa", None).tells("people")
        (True, False, False)
        """
        return self.figures is not None and (not self.only or figure in self.only)


# -- dimensions ------------------------------------------------------------------------------------

OTHER = "other"  # key of the publics and prescribers that nobody outside the relay may name
# Amounts excluding tax, in euros: (least amount, key), from the largest. The State's data start at 40,000 euros.
CONTRACT_SIZES = ((5_000_000, "5m"), (1_000_000, "1m"), (221_000, "221k"), (100_000, "100k"), (40_000, "40k"))
SMALLEST_CONTRACTS = "under_40k"


@dataclass(frozen=True)
class Dimension:
    """``has_due``: hours due are known by it. ``about_people``: it tells something of the persons, so small
    groups are withheld. ``is_secret``: something that only the relay may know of a person. ``people_add_up``: each
    person is in one row."""

    code: str
    has_due: bool = False
    about_people: bool = False
    is_secret: bool = False
    people_add_up: bool = False
    hours_add_up: bool = True


DIMENSIONS = (
    Dimension("owner", has_due=True),
    Dimension("month"),
    Dimension("territory", has_due=True),
    Dimension("relay", has_due=True),
    Dimension("convention", has_due=True),
    Dimension("buyer_department", has_due=True),
    Dimension("lever", has_due=True),
    Dimension("contract_size", has_due=True),
    Dimension("trade", has_due=True),
    Dimension("job_family", has_due=True),
    Dimension("execution_mode"),
    Dimension("kind"),
    Dimension("public", about_people=True, is_secret=True, hours_add_up=False),
    Dimension("gender", about_people=True, people_add_up=True),
    Dimension("age_band", about_people=True, people_add_up=True),
    Dimension("education_level", about_people=True, people_add_up=True),
    Dimension("prescriber_kind", about_people=True, is_secret=True, people_add_up=True),
    Dimension("exit_kind", about_people=True, people_add_up=True),
)
ABOUT_PEOPLE = tuple(dimension.code for dimension in DIMENSIONS if dimension.about_people)
SECRET = frozenset(dimension.code for dimension in DIMENSIONS if dimension.is_secret)
