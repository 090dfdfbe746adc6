"""What a validator should know about an hour line before counting it."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Set
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .eligibility import is_eligible
from .exact import exact
from .months import first_day

NOT_ELIGIBLE = "not_eligible"
NO_PROOF = "no_proof"
OUTSIDE_CONTRACT = "outside_contract"
ABOVE_DAILY_CAP = "above_daily_cap"
ABOVE_MONTHLY_CAP = "above_monthly_cap"
ELSEWHERE_SAME_DAY = "elsewhere_same_day"
ELSEWHERE_SAME_MONTH = "elsewhere_same_month"
DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Line:
    """An hour line as the checks see it: any hashable keys, hours, and one day.

    ``is_monthly`` says that the day stands for a whole month, so that no daily cap applies.
    """

    key: Hashable
    clause: Hashable
    person: Hashable
    day: date
    hours: float
    kind: str = "work"
    is_monthly: bool = False


@dataclass(frozen=True)
class Period:
    """Inclusive dates; an open end is None."""

    start: date | None
    end: date | None

    def __contains__(self, day: date) -> bool:
        return is_eligible(day, self.start, self.end)


@dataclass(frozen=True)
class Caps:
    """Most hours a person may be declared, on a day and in a month, over all clauses."""

    daily: float
    monthly: float


def warnings(
    lines: Iterable[Line],
    others: Iterable[Line],
    eligibility: dict[Hashable, Period],
    contracts: dict[Hashable, list[Period]],
    caps: Caps,
    proven: Set[Hashable],
) -> dict[Hashable, list[str]]:
    """Warning codes by line key, for ``lines`` seen among ``others`` of the same people.

    ``eligibility`` is by person, ``contracts`` by (person, clause). ``others`` are the lines of
    the same people that already stand elsewhere (any clause) in the months concerned; ``proven``
    the people for whom a fresh proof of eligibility was seen.

    >>> caps = Caps(daily=10, monthly=180)
    >>> always = {"P-1": Period(date(2025, 3, 15), date(2027, 3, 14))}
    >>> contract = {("P-1", "lot 1"): [Period(date(2026, 9, 1), None)]}
    >>> def check(*lines, others=()):
    ...     return list(warnings(lines, others, always, contract, caps, {"P-1"}).values())
    >>> check(Line(1, "lot 1", "P-1", date(2026, 9, 30), 140, is_monthly=True))
    [[]]
    >>> check(Line(1, "lot 1", "P-1", date(2027, 3, 15), 7))
    [['not_eligible']]
    >>> check(Line(1, "lot 1", "P-1", date(2026, 8, 31), 11))
    [['outside_contract', 'above_daily_cap']]
    >>> elsewhere = Line(9, "lot 2", "P-1", date(2026, 9, 3), 5)
    >>> check(Line(1, "lot 1", "P-1", date(2026, 9, 3), 6), others=[elsewhere])
    [['above_daily_cap', 'elsewhere_same_day']]
    >>> check(Line(1, "lot 1", "P-1", date(2026, 9, 30), 178, is_monthly=True), others=[elsewhere])
    [['above_monthly_cap', 'elsewhere_same_month']]
    >>> check(Line(1, "lot 1", "P-1", date(2026, 9, 3), 6), Line(2, "lot 1", "P-1", date(2026, 9, 3), 6))
    [['above_daily_cap', 'duplicate'], ['above_daily_cap', 'duplicate']]
    >>> check(Line(1, "lot 1", "P-2", date(2026, 9, 3), 6))
    [['not_eligible', 'no_proof', 'outside_contract']]
    """
    lines = list(lines)
    among = _Neighbours([*lines, *others])
    return {
        line.key: [
            code
            for code, raised in (
                (NOT_ELIGIBLE, line.day not in eligibility.get(line.person, Period(None, None))),
                (NO_PROOF, line.person not in proven),
                (OUTSIDE_CONTRACT, not _covered(line, contracts.get((line.person, line.clause), []))),
                (ABOVE_DAILY_CAP, among.hours_on_day(line) > exact(caps.daily)),
                (ABOVE_MONTHLY_CAP, among.hours_in_month(line) > exact(caps.monthly)),
                (ELSEWHERE_SAME_DAY, among.other_clause_on_day(line)),
                (ELSEWHERE_SAME_MONTH, among.other_clause_in_month(line)),
                (DUPLICATE, among.is_duplicate(line)),
            )
            if raised
        ]
        for line in lines
    }


def _covered(line: Line, contracts: list[Period]) -> bool:
    return any(line.day in period for period in contracts)


class _Neighbours:
    """Sums by person and day, person and month, in one pass over all lines."""

    def __init__(self, lines: list[Line]) -> None:
        self.day_hours: Counter = Counter()
        self.month_hours: Counter = Counter()
        self.day_clauses: defaultdict = defaultdict(set)
        self.month_clauses: defaultdict = defaultdict(set)
        self.same: Counter = Counter()
        for line in lines:
            day, month = (line.person, line.day), (line.person, first_day(line.day))
            hours = exact(line.hours)  # 1.1 + 2.2 + 6.7 hours are ten, and no more than a cap of ten
            self.month_hours[month] += hours
            self.month_clauses[month].add(line.clause)
            self.same[self._identity(line)] += 1
            if not line.is_monthly:
                self.day_hours[day] += hours
                self.day_clauses[day].add(line.clause)

    @staticmethod
    def _identity(line: Line) -> tuple:
        return line.clause, line.person, line.day, line.kind

    def hours_on_day(self, line: Line) -> Fraction | int:
        return 0 if line.is_monthly else self.day_hours[line.person, line.day]

    def hours_in_month(self, line: Line) -> Fraction | int:
        return self.month_hours[line.person, first_day(line.day)]

    def other_clause_on_day(self, line: Line) -> bool:
        return not line.is_monthly and len(self.day_clauses[line.person, line.day] | {line.clause}) > 1

    def other_clause_in_month(self, line: Line) -> bool:
        """Said only where the day alone cannot tell: one of the two is a monthly line."""
        return len(self.month_clauses[line.person, first_day(line.day)]) > 1 and not self.other_clause_on_day(line)

    def is_duplicate(self, line: Line) -> bool:
        return self.same[self._identity(line)] > 1
