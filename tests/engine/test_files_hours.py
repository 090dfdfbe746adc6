"""Files of hours: what the header and each row say, then what the database knows of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.clause_insertion.engine.files.cells import CellError
from odoo.addons.clause_insertion.engine.files.hours import (
    HourReader,
    HourRow,
    cells_by_column,
    header_problems,
    parse_contractor,
    parse_kind,
    parse_pseudonym,
)
from odoo.addons.clause_insertion.engine.files.hours_matching import (
    Clause,
    Contract,
    Contractors,
    HourMatcher,
    KnownRecords,
    MatchedHour,
)

DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)
SEPTEMBER = date(2026, 9, 1)
HEADER = ["Titulaire", "Clause", "Participante", "Jour", "Heures"]

# -- header ----------------------------------------------------------------------------------------


def header(texts, is_taken_over=False):
    return [(found.row, found.column, found.value, found.code) for found in header_problems(texts, is_taken_over)]


def test_headers_that_are_right():
    """A day or a month or both; hours taken over say when they were validated."""
    assert header(HEADER) == header([*HEADER, "Mois", "nature", ""]) == []
    assert header(["contractor", "clause", "person", "month", "hours"]) == []
    assert header([*HEADER, "Validé le"], True) == header([*HEADER, "validated on"], True) == []
    assert header(["titulaire", "clause", "participant", "date", "heures", "kind"]) == []
    assert header(["titulaire", "clause", "participant", "day", "heures", "month"]) == []


@pytest.mark.parametrize(
    ("left_out", "column", "label"),
    [
        ("Titulaire", "contractor", "titulaire"),
        ("Clause", "clause", "clause"),
        ("Participante", "person", "participant"),
        ("Jour", "day", "jour"),
        ("Heures", "hours", "heures"),
    ],
)
def test_a_column_left_out_is_asked_for(left_out, column, label):
    """By the word that people know."""
    assert header([text for text in HEADER if text != left_out]) == [(1, column, label, "missing_column")]


def test_the_day_of_validation_is_asked_for_when_hours_are_taken_over():
    """And of no other file."""
    assert header(HEADER, True) == [(1, "validated_on", "validé le", "missing_column")]


def test_columns_that_nobody_knows_or_that_come_twice():
    """A file of hours holds no names."""
    assert header([*HEADER, "Nom", "date"]) == [(1, "", "", "unknown_column"), (1, "day", "jour", "column_twice")]


def test_texts_that_are_no_headers_are_not_repeated():
    """They may be names; from two known headers on it is a row of headers."""
    assert {code for *_place, code in header(["Camille", "Exemple", "heures"])} == {"missing_column"}
    assert (1, "", "", "unknown_column") in header(["Camille", "clause", "heures"])


def test_rows_are_numbered_as_in_the_spreadsheet():
    """Blank rows are left out and counted; unknown columns are left out; more cells than headers are told."""
    rows = [
        ["clause", "x", "heures"],
        ["CI/1", "y", "7"],
        ["", "", ""],
        ["CI/2"],
        ["CI/3", "", "7", ""],
        ["", "", "", "5"],
    ]
    assert list(cells_by_column(rows)) == [
        (2, {"clause": "CI/1", "hours": "7"}, False),
        (4, {"clause": "CI/2"}, False),
        (5, {"clause": "CI/3", "hours": "7"}, False),
        (6, {"clause": "", "hours": ""}, True),
    ]
    assert list(cells_by_column([])) == []


# -- cells -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", "work"), ("Travail", "work"), ("WORK", "work"), ("formation", "training"), ("Training", "training")],
)
def test_work_or_training(text, kind):
    """Work where nothing is said."""
    assert parse_kind(text) == kind


@pytest.mark.parametrize(
    ("parse", "text", "code"),
    [
        (parse_kind, "congé", "not_a_kind"),
        (parse_pseudonym, "P-", "not_a_pseudonym"),
        (parse_pseudonym, "P-1234567890", "not_a_pseudonym"),
        (parse_pseudonym, "P123", "not_a_pseudonym"),
        (parse_pseudonym, "P-٣", "not_a_pseudonym"),
        (parse_pseudonym, "Camille", "not_a_pseudonym"),
        (parse_contractor, "35600000000049", "not_siret"),
        (parse_contractor, "356000000", "not_siret"),
    ],
)
def test_cells_that_are_refused(parse, text, code):
    """A name is no pseudonym; a SIRET has its key, and a SIREN is no SIRET."""
    with pytest.raises(CellError, match=f"^{code}$"):
        parse(text)


def test_cells_that_are_understood():
    """Small letters, up to nine digits; eight digits or fewer are part of a name."""
    assert parse_pseudonym("p-1") == "P-1"
    assert parse_pseudonym("P-123456789") == "P-123456789"
    assert parse_contractor("356 000 000 00048") == "35600000000048"
    assert parse_contractor("Bâtisseurs 2000") == "batisseurs 2000"
    assert parse_contractor("12 345 678") == "12 345 678"


# -- rows ------------------------------------------------------------------------------------------

CELLS = {"contractor": "Seuil", "clause": "ci/2026/0001", "person": "p-1", "hours": "7:30", "day": "14/09/2026"}


def read(is_taken_over=False, has_more=False, **cells):
    reader = HourReader(is_taken_over, TODAY)
    hour = reader.hour(4, CELLS | cells, has_more)
    assert bool(hour) != bool(reader.problems)
    return hour or [(found.row, found.column, found.code) for found in reader.problems]


def test_a_row_that_makes_sense():
    """A day or a month, work or training."""
    day = date(2026, 9, 14)
    assert read() == HourRow(4, "seuil", "CI/2026/0001", "P-1", day, None, 7.5, "work", None)
    assert read(day="", month="09/2026", kind="Formation", hours="140") == HourRow(
        4, "seuil", "CI/2026/0001", "P-1", None, SEPTEMBER, 140.0, "training", None
    )


@pytest.mark.parametrize("column", ["contractor", "clause", "person", "hours"])
def test_a_cell_that_must_be_filled(column):
    """Empty, or run by a spreadsheet."""
    assert read(**{column: ""}) == [(4, column, "empty_cell")]
    assert read(**{column: "=1+1"}) == [(4, column, "formula")]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"day": ""}, "day", "no_date"),
        ({"month": "09/2026"}, "day", "day_and_month"),
        ({"day": "23/11/2026"}, "day", "future"),
        ({"day": "", "month": "12/2026"}, "month", "future"),
        ({"day": "31/02/2026"}, "day", "impossible_date"),
        ({"day": "", "month": "15/09/2026"}, "month", "not_a_month"),
        ({"hours": "24,5"}, "hours", "absurd_day"),
        ({"day": "", "month": "09/2026", "hours": "745"}, "hours", "absurd_month"),
        ({"hours": "0"}, "hours", "not_positive"),
        ({"kind": "congé"}, "kind", "not_a_kind"),
        ({"validated_on": "01/10/2026"}, "validated_on", "not_validated_yet"),
        ({"has_more": True}, "", "too_many_cells"),
    ],
)
def test_what_is_wrong_with_a_row(cells, column, code):
    """One problem, in its own cell."""
    assert read(**cells) == [(4, column, code)]


def test_today_is_not_in_the_future():
    """Nor is the month that runs."""
    assert read(day="22/11/2026").day == TODAY
    assert read(day="", month="11/2026").month == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13/09/2026", "validated_before_worked"),
        ("14/09/2026", date(2026, 9, 14)),
        ("22/11/2026", TODAY),
        ("23/11/2026", "future"),
        ("", "empty_cell"),
        ("hier", "not_a_day"),
    ],
)
def test_hours_taken_over_were_validated_once_worked(text, expected):
    """On the day of work at the earliest, today at the latest."""
    found = read(is_taken_over=True, validated_on=text)
    if isinstance(expected, str):
        assert found == [(4, "validated_on", expected)]
    else:
        assert found.validated_on == expected


def test_a_month_taken_over_was_validated_from_its_first_day():
    """And not before; without a day nothing is compared."""
    month = {"day": "", "month": "09/2026", "is_taken_over": True}
    assert read(**month, validated_on="01/09/2026").validated_on == SEPTEMBER
    assert read(**month, validated_on="31/08/2026") == [(4, "validated_on", "validated_before_worked")]
    assert read(day="", is_taken_over=True, validated_on="31/08/2026") == [(4, "day", "no_date")]


def test_a_row_with_problems_does_not_spoil_the_next_one():
    """Problems pile up; each row stands for itself."""
    reader = HourReader(False, TODAY)
    assert reader.hour(2, CELLS | {"hours": "x"}) is None
    assert reader.hour(3, CELLS).number == 3
    assert [(found.row, found.value) for found in reader.problems] == [(2, "x")]


# -- against the database --------------------------------------------------------------------------

START = date(2026, 9, 7)
SEUIL = Contractors({1: ("Seuil", "356 000 000 00048"), 2: ("Autre", ""), 3: ("Dupont", ""), 4: ("DUPONT", "")})
CLAUSES = {
    "CI/1": Clause(7, 1, START),
    "CI/2": Clause(8, 9, None),
    "CI/3": Clause(9, 1, START, "clause_not_running"),
}


def match(contractor="seuil", clause="CI/1", person="P-1", day=None, month=None, contracts=(), **known):
    records = {"contracts": {(5, 7): list(contracts)}, "submitted": (), "closed_until": None, "today": TODAY} | known
    matcher = HourMatcher(KnownRecords(SEUIL, CLAUSES, {"P-1": 5}, **records))
    found = matcher.match(HourRow(4, contractor, clause, person, day, month, 7.0, "training", SEPTEMBER), {"day": "x"})
    assert bool(found) != bool(matcher.problems)
    return found or [(problem.column, problem.code, dict(problem.params)) for problem in matcher.problems]


def test_an_hour_that_can_be_written():
    """A day is itself; a month is carried by its last day."""
    day = date(2026, 9, 14)
    assert match(day=day) == MatchedHour(4, 7, 5, None, day, False, "training", 7.0, SEPTEMBER)
    assert match(month=SEPTEMBER) == MatchedHour(4, 7, 5, None, date(2026, 9, 30), True, "training", 7.0, SEPTEMBER)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"clause": "CI/9"}, ("clause", "unknown_clause", {})),
        ({"clause": "CI/3"}, ("clause", "clause_not_running", {})),
        ({"person": "P-2"}, ("person", "unknown_person", {})),
        ({"contractor": "inconnu"}, ("contractor", "unknown_contractor", {})),
        ({"contractor": "dupont"}, ("contractor", "ambiguous_contractor", {})),
        ({"contractor": "autre"}, ("contractor", "not_contractor", {"expected": "Seuil"})),
        ({"clause": "CI/2"}, ("contractor", "not_contractor", {"expected": "–"})),
    ],
)
def test_names_that_the_database_does_not_know(names, expected):
    """A wrong clause, person or contractor; the right contractor is told where the user may see it."""
    assert match(day=date(2026, 9, 14), **names) == [expected]


def test_everything_unknown_is_told_at_once():
    """The contractor of an unknown clause is not compared."""
    assert [code for _column, code, _ in match("autre", "CI/9", "P-2", day=TODAY)] == [
        "unknown_clause",
        "unknown_person",
    ]


def test_a_company_is_known_by_its_siren():
    """Another establishment is the same contractor; a SIREN of nine digits is enough, eight are not."""
    known = Contractors({1: ("Seuil", "356000000"), 2: ("Court", "35600000"), 3: ("", "")})
    assert known.find("35600000000030") == {1}
    assert known.find("35600000") == set()
    assert known.find("court") == {2}
    assert known.names == {1: "Seuil", 2: "Court", 3: ""}
    assert match("35600000000030", day=date(2026, 9, 14)).clause == 7


@pytest.mark.parametrize(
    ("day", "known", "expected"),
    [
        (START - DAY, {}, ("day", "before_clause", {"start": START})),
        (START, {}, None),
        (START, {"closed_until": START}, ("day", "closed", {"until": START})),
        (START + DAY, {"closed_until": START}, None),
        (START - DAY, {"closed_until": START}, ("day", "closed", {"until": START})),
        (START, {"submitted": {(7, SEPTEMBER)}}, ("day", "submitted", {})),
        (date(2026, 10, 1), {"submitted": {(7, SEPTEMBER)}}, None),
        (START, {"submitted": {(8, SEPTEMBER)}}, None),
    ],
)
def test_days_on_which_hours_may_be_written(day, known, expected):
    """From the clause's start on, once nothing is closed, unless the month waits for the relay."""
    found = match(day=day, **known)
    assert found == [expected] if expected else found.day == day


def test_a_month_is_wrong_in_its_own_column():
    """By the day that carries it."""
    assert match(month=date(2026, 8, 1)) == [("month", "before_clause", {"start": START})]
    assert match(month=SEPTEMBER, closed_until=date(2026, 9, 30))[0][:2] == ("month", "closed")
    assert match(month=SEPTEMBER, closed_until=date(2026, 9, 29)).is_monthly is True


def test_a_clause_that_takes_no_hours_is_told_once():
    """Its days are not looked at."""
    assert match(clause="CI/3", day=START - DAY) == [("clause", "clause_not_running", {})]


@pytest.mark.parametrize(
    ("day", "employment"),
    [
        (date(2026, 9, 9), None),
        (date(2026, 9, 10), 1),
        (date(2026, 9, 14), 1),
        (date(2026, 9, 15), 2),
        (date(2026, 9, 20), 2),
        (date(2026, 9, 21), None),
        (date(2026, 10, 1), 4),  # of two that begin together, the one written last
    ],
)
def test_the_latest_work_contract_that_covers_the_day(day, employment):
    """Both dates are included; an open end goes on."""
    contracts = [
        Contract(2, date(2026, 9, 15), date(2026, 9, 20)),
        Contract(1, date(2026, 9, 10), date(2026, 9, 15)),
        Contract(4, date(2026, 10, 1), None),
        Contract(3, date(2026, 10, 1), None),
    ]
    assert match(day=day, contracts=contracts).employment == employment


@pytest.mark.parametrize(
    ("start", "end", "employment", "carried"),
    [
        (date(2026, 8, 3), date(2026, 8, 31), None, date(2026, 9, 30)),
        (date(2026, 8, 3), date(2026, 9, 8), 1, date(2026, 9, 8)),
        (date(2026, 9, 30), None, 1, date(2026, 9, 30)),
        (date(2026, 10, 1), None, None, date(2026, 9, 30)),
    ],
)
def test_a_month_belongs_to_the_contract_that_covers_part_of_it(start, end, employment, carried):
    """And is carried by the end of that contract within it."""
    found = match(month=SEPTEMBER, contracts=[Contract(1, start, end)])
    assert (found.employment, found.day) == (employment, carried)


@given(st.dates(START, TODAY))
def test_a_day_is_never_moved(day):
    """Whatever the work contract."""
    assert match(day=day, contracts=[Contract(1, START, START + 9 * DAY)]).day == day


def test_problems_may_go_on_another_list():
    """That of the reader of the same file."""
    problems = []
    matcher = HourMatcher(KnownRecords(SEUIL, {}, {}, {}, (), None, TODAY), problems)
    assert matcher.match(HourRow(2, "seuil", "CI/1", "P-1", TODAY, None, 7.0, "work", None), {"clause": "ci/1"}) is None
    assert [(found.row, found.value) for found in problems] == [(2, "ci/1"), (2, "")]
