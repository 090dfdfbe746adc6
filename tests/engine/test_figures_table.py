"""Ratios and dimensions of a document, its cells and its bars."""

from dataclasses import fields

import pytest

from odoo.addons.clause_insertion_report.engine.figures import (
    ABOUT_PEOPLE,
    CONTRACT_SIZES,
    DIMENSIONS,
    OTHER,
    SMALLEST_CONTRACTS,
    Figures,
    Row,
)
from odoo.addons.clause_insertion_report.engine.table import (
    DECIMALS,
    NOT_SHOWN,
    Cell,
    Document,
    Line,
    Measure,
    Table,
    Withheld,
)

# -- ratios --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "contracts", "people", "by_person", "by_contract"),
    [
        (40_549, 207, 189, 214.5, 195.9),
        (60_205, 160, 312, 193.0, 376.3),
        (34_777, 154, 143, 243.2, 225.8),
        (100, 1, 1, 100.0, 100.0),
        (0, 0, 0, 0.0, 0.0),
        (100, 0, 0, 0.0, 0.0),
    ],
)
def test_hours_by_person_and_by_contract_of_poitou_charentes(hours, contracts, people, by_person, by_contract):
    figures = Figures(hours_validated=hours, contracts=contracts, people=people, hours_declared=1, employments=7)
    assert (round(figures.hours_per_person, 1), round(figures.hours_per_contract, 1)) == (by_person, by_contract)


def test_full_time_equivalents_depend_on_the_base():
    figures = Figures(hours_validated=160_700, hours_declared=999_999, hours_due=999_999)
    assert (figures.full_time_equivalents(1607), figures.full_time_equivalents(1600)) == (100, 100.4375)


@pytest.mark.parametrize("name", [item.name for item in fields(Figures)])
def test_figures_are_not_empty_with_one_of_them(name):
    assert not Figures(**{name: 1}).is_empty()
    assert Figures(**{name: 0}).is_empty() and Figures().is_empty()


def test_a_row_shows_all_unless_said():
    assert Row("paint", None) == Row("paint", None, is_small=False, hides_people=False)


# -- dimensions ----------------------------------------------------------------------------------------


def having(name: str) -> set[str]:
    return {dimension.code for dimension in DIMENSIONS if getattr(dimension, name)}


def test_dimensions_about_people_are_last():
    codes = ("public", "gender", "age_band", "education_level", "prescriber_kind", "exit_kind")
    assert codes == ABOUT_PEOPLE == tuple(dimension.code for dimension in DIMENSIONS)[-6:]
    assert len(having("code")) == len(DIMENSIONS) == 18


def test_a_person_of_two_publics_counts_in_both_and_is_of_one_gender():
    assert having("people_add_up") == set(ABOUT_PEOPLE) - {"public"}
    assert having("code") - having("hours_add_up") == {"public"}


def test_hours_due_are_known_of_the_contract_and_not_of_the_work():
    of_contracts = {"owner", "territory", "relay", "convention", "buyer_department", "lever", "contract_size"}
    assert having("has_due") == of_contracts | {"trade", "job_family"}
    assert having("code") - having("has_due") - set(ABOUT_PEOPLE) == {"month", "execution_mode", "kind"}


def test_sizes_of_contracts_from_the_largest():
    assert CONTRACT_SIZES == (
        (5_000_000, "5m"),
        (1_000_000, "1m"),
        (221_000, "221k"),
        (100_000, "100k"),
        (40_000, "40k"),
    )
    assert (SMALLEST_CONTRACTS, OTHER) == ("under_40k", "other")


# -- cells ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "is_figure", "is_withheld"),
    [
        (0, True, False),
        (-2.5, True, False),
        (None, False, False),
        ("May 2026", False, False),
        (NOT_SHOWN, False, True),
        (Withheld("< 5"), False, True),
        ("–", False, False),
    ],
)
def test_a_figure_a_text_and_what_stands_for_a_figure(value, is_figure, is_withheld):
    assert (Cell(value).is_figure, Cell(value).is_withheld) == (is_figure, is_withheld)


@pytest.mark.parametrize(
    ("kind", "decimals"), [("hours", 2), ("number", 0), ("ratio", 1), ("percent", 1), ("amount", 2)]
)
def test_decimals_of_each_kind(kind, decimals):
    assert Cell(1, kind).decimals(2) == decimals
    assert Cell(1, kind).decimals() == (0 if kind == "hours" else decimals)


def test_hours_have_the_decimals_of_the_document():
    assert [Cell(1, "hours").decimals(of_hours) for of_hours in (0, 2)] == [0, 2]
    assert "hours" not in DECIMALS and Cell(1).kind == "number" and NOT_SHOWN == "–"


def test_a_measure_reads_its_source():
    measure = Measure("People", "number", lambda figures: figures.people, "Different people.", counts_people=True)
    assert measure.cell(Figures(people=7)) == Cell(7, "number")
    assert Measure("Hours", "hours", len).cell("abc") == Cell(3, "hours")
    assert not Measure("Hours", "hours", len).counts_people and Measure("Hours", "hours", len).definition == ""


# -- tables --------------------------------------------------------------------------------------------


def line(label: str, *values, text="") -> Line:
    return Line(label, tuple(Cell(value, "hours") for value in values), text)


def table(*lines: Line, headers=("Lever", "Due", "Done", "Note"), total=None, drawn=None) -> Table:
    return Table("By lever", headers, lines, total, drawn=drawn)


def test_headers_of_numbers_leave_out_the_label_and_the_text():
    assert table(line("a", 1, 2, text="late")).number_headers == ("Due", "Done")
    assert table(line("a", 1, 2, 3)).number_headers == ("Due", "Done", "Note")
    assert table(line("a"), line("b", 1)).number_headers == ("Due",)


def test_headers_of_numbers_are_those_of_the_longest_line_total_included():
    assert table(line("a", 1), total=line("All", 1, 2)).number_headers == ("Due", "Done")
    assert table(total=line("All", 1)).number_headers == ("Due",)
    assert table().number_headers == ()


def test_a_bar_is_the_share_of_the_largest_in_the_drawn_cell():
    found = table(line("a", 100.0, 10.0), line("b", 1.0, 40.0), total=line("All", 101.0, 50.0), drawn=1).bars
    assert found == [("a", Cell(10.0, "hours"), 0.25), ("b", Cell(40.0, "hours"), 1.0)]
    assert [share for *_bar, share in table(line("a", 100.0), line("b", 1.0), drawn=0).bars] == [1.0, 0.01]


@pytest.mark.parametrize("value", [0.0, -5.0, None, NOT_SHOWN, "May 2026"])
def test_what_is_not_drawn(value):
    lines = line("a", 10.0), line("b", value), line("c", 20.0)
    assert [label for label, *_bar in table(*lines, drawn=0).bars] == ["a", "c"]


def test_one_bar_alone_compares_nothing_and_two_do():
    assert table(line("a", 1.0), line("b", 0.0), drawn=0).bars == []
    assert len(table(line("a", 1.0), line("b", 0.5), drawn=0).bars) == 2
    assert table(drawn=0).bars == []


def test_no_chart_unless_a_cell_is_drawn():
    assert table(line("a", 1.0), line("b", 2.0)).bars == []
    assert (table().notes, table().total, table().drawn) == ((), None, None)


def test_a_document_has_whole_hours_unless_said():
    assert Document("Statement", (), "", ()).hours_decimals == 0
    assert Line("a") == Line("a", (), "")
