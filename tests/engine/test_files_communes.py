"""Official files of communes: each commune once, with the territories that hold it."""

import pytest

from odoo.addons.clause_insertion.engine.files.communes import HEADINGS, CommuneFile
from odoo.addons.clause_insertion.engine.files.table import read_table

AIN = {"commune": "01004", "name": "Ambérieu", "postcode": "01500", "department": "01"}
POITIERS = {"commune": "86194", "epci": "200069854", "epci_name": "Grand Poitiers"}


def read(*rows, communes=("86194", "86066"), territories=()):
    return CommuneFile(enumerate(rows, 2), communes, territories)


def wrong(*rows, **known):
    return [(found.row, found.column, found.code) for found in read(*rows, **known).problems]


@pytest.mark.parametrize(
    ("typed", "code", "department"),
    [
        ("01001", "01001", "01"),
        ("1001", "01001", "01"),
        ("2a004", "2A004", "2A"),
        ("2B033", "2B033", "2B"),
        ("97105", "97105", "971"),
        ("86194", "86194", "86"),
    ],
)
def test_a_commune_and_its_department(typed, code, department):
    """01001 with or without its zero, Corsica, overseas."""
    file = read({"commune": typed, "name": "Commune", "department": department})
    assert list(file.communes) == [code]
    assert (file.communes[code].code, file.communes[code].department) == (code, department)
    assert file.problems == []


def test_a_department_written_as_a_number_is_the_same():
    """1 is 01; another one is a problem, which tells the right one."""
    assert wrong(AIN | {"department": "1"}) == wrong(AIN | {"department": ""}) == []
    problem = read(AIN | {"department": "2"}).problems[0]
    assert (problem.row, problem.column, problem.code) == (2, "department", "not_its_department")
    assert (problem.value, problem.params) == ("2", {"expected": "01"})


@pytest.mark.parametrize(
    ("text", "postcodes"),
    [
        *(("", set()), ("1500", {"01500"}), ("01500.0", {"01500"}), ("1500.0", {"01500"})),
        *(("01500 01501", {"01500", "01501"}), ("01500,01501;01502", {"01500", "01501", "01502"})),
        *(("01500|01501", {"01500", "01501"}), ("01500/01501 ", {"01500", "01501"})),
    ],
)
def test_postcodes_of_a_commune(text, postcodes):
    """Several in one cell, however they are parted; numbers of a spreadsheet."""
    assert read(AIN | {"postcode": text}).communes["01004"].postcodes == postcodes


def test_lines_of_one_commune_add_up():
    """Postcodes and territories of several lines; the first line is its own."""
    file = read(AIN, AIN | {"postcode": "01501", "name": "AMBERIEU", "employment_zone": "8201"}, territories=ZONE)
    commune = file.communes["01004"]
    assert (commune.row, commune.name, commune.postcodes) == (2, "Ambérieu", {"01500", "01501"})
    assert (commune.held, file.problems) == ({"employment_zone": "8201"}, [])


ZONE = [("employment_zone", "8201")]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"commune": ""}, "commune", "empty_cell"),
        ({"commune": "2C004"}, "commune", "not_a_commune"),
        ({"postcode": "150"}, "postcode", "not_a_postcode"),
        ({"postcode": "01500 x"}, "postcode", "not_a_postcode"),
        ({"epci": "123456789"}, "epci", "not_an_epci"),
        ({"epci": "20006985"}, "epci", "not_an_epci"),
        ({"employment_zone": "82011"}, "employment_zone", "not_an_employment_zone"),
        ({"employment_zone": "82A"}, "employment_zone", "not_an_employment_zone"),
        ({"employment_zone": "8201"}, "employment_zone_name", "no_name"),
        ({"qpv": "QN"}, "qpv", "not_a_qpv"),
        ({"qpv": "QN0860123"}, "qpv", "not_a_qpv"),
        ({"qpv": "QN 8601"}, "qpv", "not_a_qpv"),
        ({"name": ""}, "name", "no_name"),
        ({"name": "=1+1"}, "name", "formula"),
    ],
)
def test_what_is_wrong_in_a_line(cells, column, code):
    """One problem, in its own cell."""
    assert wrong(AIN | cells) == [(2, column, code)]


def test_a_line_with_a_formula_is_not_read():
    """Nothing of it."""
    assert read(AIN | {"postcode": "=1500"}).communes == {}


@pytest.mark.parametrize(
    ("text", "held"),
    [("200069854", "200069854"), ("200 069 854", "200069854"), ("ZZZZZZZZZ", None), ("zzzzzzzzz", None), ("", None)],
)
def test_the_epci_of_a_commune(text, held):
    """A SIREN with its key; a few islands have none."""
    file = read(POITIERS | {"epci": text})
    assert file.communes["86194"].held.get("epci") == held
    assert file.problems == []


def test_an_employment_zone_has_four_digits():
    """51 is 0051."""
    for text, code in (("51", "0051"), ("5405", "5405"), (" 5405", "5405")):
        file = read(AIN | {"employment_zone": text, "employment_zone_name": "Zone"})
        assert file.communes["01004"].held == {"employment_zone": code}
        assert file.names == {("employment_zone", code): "Zone"}


def test_a_territory_has_a_name_in_the_file_or_is_known():
    """The name may be on another line; capitals and accents do not count."""
    nameless, other = POITIERS | {"epci_name": ""}, POITIERS | {"commune": "86066"}
    found = read(nameless).problems
    assert [(problem.row, problem.column, problem.code) for problem in found] == [(2, "epci_name", "no_name")]
    assert found[0].params == {"code": "200069854"}
    assert wrong(nameless, territories=[("epci", "200069854")]) == wrong(nameless, other) == []
    assert wrong(nameless, territories=[("qpv", "200069854")]) != []
    assert read(nameless, other).names == {("epci", "200069854"): "Grand Poitiers"}
    assert wrong(POITIERS, other | {"epci_name": "GRAND POITIERS"}) == []


def test_a_commune_has_a_name_in_the_file_or_is_known():
    """By the user or by another line."""
    assert wrong({"commune": "86194"}) == wrong({"commune": "01004"}, AIN) == []
    problem = read({"commune": "01004"}).problems[0]
    assert (problem.column, problem.code, problem.params) == ("name", "no_name", {"code": "01004"})


@pytest.mark.parametrize(
    ("one", "two", "column"),
    [
        (AIN, AIN | {"name": "Autre"}, "name"),
        (POITIERS, POITIERS | {"epci": "200054807", "epci_name": "Métropole"}, "epci"),
        (POITIERS, POITIERS | {"commune": "86066", "epci_name": "Autre"}, "epci_name"),
    ],
)
def test_lines_that_contradict_each_other(one, two, column):
    """The later one is told, with the row of the first."""
    file = read(AIN | {"commune": "01005"}, one, two)
    assert [(found.row, found.column, found.code) for found in file.problems] == [(4, column, "contradiction")]
    assert file.problems[0].params == {"first": 3}


def test_a_neighbourhood_lies_in_one_commune_or_several():
    """Named in one cell; their own names are then left aside."""
    cells = {"commune": "86194, 86066", "qpv": " qn08601m", "qpv_name": "Quartier", "name": "Poitiers, Châtellerault"}
    file = read(cells)
    assert (file.qpvs, file.names) == ({"QN08601M": {"86194", "86066"}}, {("qpv", "QN08601M"): "Quartier"})
    assert [commune.name for commune in file.communes.values()] == ["", ""]
    assert read(cells | {"commune": "86194", "name": "Poitiers"}).communes["86194"].name == "Poitiers"
    for separator in (";", "/", "|"):
        assert len(read(cells | {"commune": f"86194{separator}86066"}).communes) == 2


def test_several_communes_in_one_cell_are_of_neighbourhoods_only():
    """Elsewhere they are no code of a commune."""
    assert wrong(AIN | {"commune": "01004, 01005"}) == [(2, "commune", "not_a_commune")]


@pytest.mark.parametrize(("kind", "kept"), [("COM", 1), ("ARM", 1), ("", 1), ("COMD", 0), ("COMA", 0)])
def test_delegated_and_associated_communes_are_left_out(kind, kept):
    """They are parts of a commune that has its own line."""
    assert len(read(AIN | {"type": kind}).communes) == kept


def test_problems_come_by_row():
    """Names that are missing are told in their place."""
    assert wrong({"commune": "01006"}, AIN | {"epci": "1"}) == [(2, "name", "no_name"), (3, "epci", "not_an_epci")]


@pytest.mark.parametrize(
    ("column", "headers"),
    [
        ("commune", "Code commune;Code INSEE;Code commune INSEE;CODGEO;COM;insee_com;INSEE"),
        ("name", "Commune;Nom commune;Nom de la commune;LIBGEO;nom_standard;Libellé;lib_com"),
        ("type", "TYPECOM"),
        ("postcode", "Code postal;codes_postaux;CP;Postcode"),
        ("department", "Code département;Département;DEP;dep_code;insee_dep"),
        ("epci", "Code EPCI;siren_epci;EPCI;epci_code;N° SIREN EPCI"),
        ("epci_name", "Nom EPCI;Libellé EPCI;Libellé de l'EPCI;LIBEPCI;lib_epci"),
        ("employment_zone", "Code zone d'emploi;ZE2020;zone_emploi_2020;Code ZE;ZE;code_zone_emploi"),
        ("employment_zone_name", "Nom zone d'emploi;Libellé zone d'emploi;Libellé de la zone d'emploi;LIBZE2020"),
        ("employment_zone_name", "Zone d'emploi;nom_zone_emploi;lib_zone_emploi_2020"),
        ("qpv", "Code QPV;code_qp;QPV;Code quartier;Code du quartier"),
        ("qpv_name", "Nom QPV;nom_qp;Libellé QPV;lib_qp;Nom du quartier"),
        (None, "REG;Population;Arrondissement"),
    ],
)
def test_headers_of_official_files(column, headers):
    """INSEE, La Poste, the list of neighbourhoods."""
    assert {HEADINGS.column(header) for header in headers.split(";")} == {column}


def test_a_file_without_codes_of_communes():
    """The one column that must be there."""
    table, problems = read_table(b"Nom commune;Code postal\nPoitiers;86000\n", "", HEADINGS)
    assert (table, [(problem.code, problem.value) for problem in problems]) == (
        [],
        [("missing_column", "code commune")],
    )
