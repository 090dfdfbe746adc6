"""The ways in which a statement breaks its figures down, in the order in which they are read."""

from dataclasses import dataclass

OTHER = "other"  # key of the publics and prescribers that nobody outside the relay may name
# Amounts excluding tax, in euros: (least amount, key), from the largest. The State's data start at 40,000 euros.
CONTRACT_SIZES = ((5_000_000, "5m"), (1_000_000, "1m"), (221_000, "221k"), (100_000, "100k"), (40_000, "40k"))
SMALLEST_CONTRACTS = "under_40k"


@dataclass(frozen=True)
class Dimension:
    """``has_due``: hours due are known by it. ``about_people``: it tells something of the persons, so small
    groups are withheld. ``people_add_up``: each person is in one row."""

    code: str
    has_due: bool = False
    about_people: bool = False
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
    Dimension("public", about_people=True, hours_add_up=False),
    Dimension("gender", about_people=True, people_add_up=True),
    Dimension("age_band", about_people=True, people_add_up=True),
    Dimension("education_level", about_people=True, people_add_up=True),
    Dimension("prescriber_kind", about_people=True, people_add_up=True),
    Dimension("exit_kind", about_people=True, people_add_up=True),
)
ABOUT_PEOPLE = tuple(dimension.code for dimension in DIMENSIONS if dimension.about_people)
BY_CODE = {dimension.code: dimension for dimension in DIMENSIONS}
