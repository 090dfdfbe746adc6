"""What a purchasing scheme publishes every two years: contracts and euros, with literal numbers."""

import pytest

from odoo.addons.clause_insertion_report.engine.spaser import (
    CONCERNED,
    EMPLOYERS,
    Contracts,
    Figure,
    Spaser,
    has_lever,
    is_from_employer,
    is_from_esus,
    is_social,
    share,
    total,
)

YEARS = range(2025, 2027)
NONE = Contracts(2025, 6, 600_000.0)
WORKS = Contracts(2025, 1, 900_000.0, "works", frozenset({"execution", "criterion"}))
RESERVED = Contracts(
    2025, 3, 100_000.0, levers=frozenset({"reserved_inclusion"}), is_esus=True, employer_kind="inclusion"
)
ADAPTED = Contracts(2026, 2, 50_000.0, employer_kind="adapted")
SPASER = Spaser(YEARS, (NONE, WORKS, RESERVED, ADAPTED), {2025: 0.30, 2026: 0.35})


def test_a_contract_says_nothing_that_is_not_known_of_it():
    assert (NONE.category, NONE.levers, NONE.obligation, NONE.exemption) == (
        "supplies_services",
        frozenset(),
        None,
        None,
    )
    assert (NONE.is_esus, NONE.is_social_economy, NONE.employer_kind) == (False, False, None)
    assert not (NONE.is_social or NONE.is_reserved or NONE.is_concerned)
    assert Figure() == Figure(0, 0.0)


# -- which contracts -----------------------------------------------------------------------------------


def test_a_contract_with_two_levers_is_one_contract_and_counts_under_each():
    assert SPASER.figure(2025, is_social) == Figure(4, 1_000_000.0)
    assert SPASER.figure(2025, has_lever("execution")) == Figure(1, 900_000.0)
    assert SPASER.figure(2025, has_lever("criterion")) == Figure(1, 900_000.0)
    assert SPASER.figure(2025, has_lever("reserved_inclusion")) == Figure(3, 100_000.0)
    assert SPASER.figure(2025, has_lever("services")) == Figure(0, 0.0)


@pytest.mark.parametrize(
    ("levers", "reserved"),
    [
        (set(), False),
        ({"execution"}, False),
        ({"reserved_adapted"}, True),
        ({"execution", "reserved_prison"}, True),
        ({"not_reserved"}, False),
    ],
)
def test_reserved_contracts(levers, reserved):
    row = Contracts(2026, 1, 1.0, levers=frozenset(levers))
    assert (row.is_reserved, row.is_social) == (reserved, bool(levers))


@pytest.mark.parametrize("answer", ["satisfied", "exempted", "required"])
def test_contracts_that_must_carry_a_social_condition(answer):
    assert Contracts(2026, 1, 1.0, obligation=answer).is_concerned


@pytest.mark.parametrize("answer", [None, "none", "not_concerned"])
def test_contracts_below_the_threshold_are_free(answer):
    assert not Contracts(2026, 1, 1.0, obligation=answer).is_concerned
    assert len(CONCERNED) == 3


def test_purchases_from_esus_companies_and_from_those_that_employ_disadvantaged_people():
    assert SPASER.figure(None, is_from_esus) == Figure(3, 100_000.0)
    assert SPASER.figure(None, is_from_employer) == Figure(5, 150_000.0)
    assert is_from_employer(Contracts(2025, 1, 1.0, employer_kind="")) and not is_from_employer(NONE)


def test_kinds_of_employers_each_in_one_family():
    assert EMPLOYERS["inclusion"] == ("ACI", "AI", "EI", "EITI", "ETTI", "GEIQ")
    assert EMPLOYERS["adapted"] == ("EA", "EATT", "ESAT")
    assert EMPLOYERS["prison"] == ("SEP",)
    assert len(EMPLOYERS) == 3
    assert "ETT" not in sum(EMPLOYERS.values(), ())  # ordinary temporary work


# -- figures -------------------------------------------------------------------------------------------


def test_figures_of_a_year_and_of_all_years():
    assert SPASER.figure(2025) == Figure(10, 1_600_000.0)
    assert SPASER.figure(2026) == Figure(2, 50_000.0)
    assert SPASER.figure(None) == Figure(12, 1_650_000.0)
    assert SPASER.figure(2024) == Figure()


def test_figures_of_a_category():
    works, services = SPASER.of_category("works"), SPASER.of_category("supplies_services")
    assert (works.figure(None), services.figure(None)) == (Figure(1, 900_000.0), Figure(11, 750_000.0))
    assert SPASER.of_category(None).figure(None).number == 12
    assert SPASER.of_category("concession").contracts == ()
    assert (works.years, works.targets) == (SPASER.years, SPASER.targets)


def test_a_total_of_a_generator_and_of_whole_euros():
    found = total(row for row in (Contracts(2025, 2, 100), Contracts(2026, 3, 50)))
    assert found == Figure(5, 150.0) and isinstance(found.amount, float)


# -- shares and targets --------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "whole", "expected"), [(77, 100, 0.77), (0, 5, 0.0), (5, 5, 1.0), (0, 0, None)])
def test_a_share_with_a_zero_denominator_is_none(part, whole, expected):
    assert share(part, whole) == expected


def test_a_year_without_purchases_has_no_share_and_one_without_clauses_has_a_share_of_zero():
    assert SPASER.social_share(2024) is None and SPASER.share_of_value(2024, is_social) is None
    assert SPASER.social_share(2026) == SPASER.share_of_value(2026, is_social) == 0.0


def test_shares_in_number_and_in_value():
    assert (SPASER.social_share(2025), SPASER.share_of_value(2025, is_social)) == (0.4, 0.625)
    assert SPASER.social_share(None) == pytest.approx(4 / 12)
    assert SPASER.share_of_value(None, is_social) == pytest.approx(1_000_000 / 1_650_000)
    assert SPASER.share_of_value(2025, is_from_esus) == 0.0625


def test_contracts_for_nothing_have_a_share_in_number_alone():
    spaser = Spaser(YEARS, (Contracts(2025, 2, 0.0, levers=frozenset({"execution"})),), {})
    assert (spaser.social_share(2025), spaser.share_of_value(2025, is_social)) == (1.0, None)


def test_the_target_of_all_the_years_is_that_of_the_last():
    assert [SPASER.target(year) for year in (2025, 2026, None, 2024)] == [0.30, 0.35, 0.35, None]


def test_a_target_reached_exceeded_and_missed():
    def gap(social):
        rows = (Contracts(2025, social, 1.0, levers=frozenset({"execution"})), Contracts(2025, 100 - social, 1.0))
        return Spaser(YEARS, rows, {2025: 0.30}).gap(2025)

    assert [round(gap(social), 4) for social in (20, 30, 77)] == [-0.1, 0.0, 0.47]


def test_no_gap_without_a_target_nor_without_purchases():
    assert Spaser(YEARS, (NONE,), {2025: None}).gap(2025) is None
    assert Spaser(YEARS, (NONE,), {}).gap(2025) is None
    assert Spaser(YEARS, (), {2025: 0.30}).gap(2025) is None


def test_a_share_of_zero_and_a_target_of_zero_have_a_gap():
    assert Spaser(YEARS, (NONE,), {2025: 0.30}).gap(2025) == -0.30
    assert Spaser(YEARS, (NONE,), {2025: 0.0}).gap(2025) == 0.0


def test_the_gap_of_all_the_years():
    assert SPASER.gap(None) == pytest.approx(4 / 12 - 0.35)
