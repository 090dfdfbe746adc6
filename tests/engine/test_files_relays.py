"""A directory of relays: each structure once, with its facilitators, territories and period."""

from datetime import date

import pytest

from odoo.addons.clause_insertion.engine.files.relays import HEADINGS, Person, Relay, RelayFile, same_name

PLIE = {"name": "PLIE d'essai", "zip": "86000", "siret": "356 000 000 00048", "kind": "PLIE"}
OTHER = {"name": "Maison de l'Emploi", "zip": "17000"}


def read(*rows):
    return RelayFile(enumerate(rows, 2))


def wrong(*rows):
    return [(found.row, found.column, found.code) for found in read(*rows).problems]


def test_a_structure_as_its_line_says_it():
    """Every cell goes where it belongs."""
    address = {"street": "1 rue d'Essai", "city": "Poitiers", "phone": "+33 5 49 00 00 00", "email": "plie@essai.fr"}
    where = {"territories": "86 ; Grand Poitiers", "languages": "fr|en", "start": "01/01/2026", "end": "31/12/2026"}
    person = {"person": "Ana Exemple", "person_phone": "05", "person_email": "ana@essai.fr"}
    (relay,) = read(PLIE | address | where | person).relays
    assert (relay.row, relay.name, relay.zip, relay.siret) == (2, "PLIE d'essai", "86000", "35600000000048")
    assert (relay.kind, relay.street, relay.city) == ("plie", "1 rue d'Essai", "Poitiers")
    assert (relay.phone, relay.email) == ("+33 5 49 00 00 00", "plie@essai.fr")
    assert (relay.start, relay.end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (relay.territories, relay.languages) == (("86", "Grand Poitiers"), ("fr", "en"))
    assert relay.people == [Person("Ana Exemple", "05", "ana@essai.fr")]
    assert relay.key == "35600000000048"


def test_a_structure_of_which_little_is_known():
    """A name and a postcode are enough; nothing else is made up."""
    (relay,) = read(OTHER).relays
    assert (relay.siret, relay.kind, relay.street, relay.city, relay.phone, relay.email) == ("",) * 6
    assert (relay.start, relay.end, relay.territories, relay.languages, relay.people) == (None, None, (), (), [])
    assert (relay, Person("Ana")) == (Relay(2, "Maison de l'Emploi", "17000"), Person("Ana", "", ""))
    assert relay.key == same_name("MAISON DE L EMPLOI", "17000") == "maison de l emploi 17000"


def test_a_postcode_gets_its_zero_back():
    """01000 in the department of Ain."""
    assert read(OTHER | {"zip": "1000"}).relays[0].zip == "01000"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("35600000000048", "35600000000048"), ("356.000.000.00048", "35600000000048"), ("356 000 000", "356000000")],
)
def test_a_siret_or_a_siren(typed, number):
    """With spaces or points."""
    assert read(PLIE | {"siret": typed}).relays[0].siret == number


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("plie", "PLIE;Plan local pour l'insertion et l'emploi"),
        ("mde", "Maison de l'emploi;MDE"),
        ("meif", "MEIF;Maison de l'emploi, de l'insertion et de la formation"),
        (
            "local_authority",
            "Collectivité;Collectivité territoriale;Commune;Département;Local authority;EPCI;Métropole",
        ),
        ("local_authority", "Conseil départemental;Communauté de communes;Communauté d'agglomération"),
        ("gip", "GIP;Groupement d'intérêt public"),
        ("association", "Association;Association (loi 1901)"),
        ("other", "Autre;Other"),
        ("", ""),
    ],
)
def test_kinds_of_structures(kind, texts):
    """By their usual names."""
    assert {read(PLIE | {"kind": text}).relays[0].kind for text in texts.split(";")} == {kind}


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"name": ""}, "name", "empty_cell"),
        ({"zip": ""}, "zip", "empty_cell"),
        ({"zip": "860"}, "zip", "not_a_postcode"),
        ({"siret": "35600000000049"}, "siret", "not_siret"),
        ({"siret": "356000001"}, "siret", "not_siret"),
        ({"siret": "aucun"}, "siret", "not_siret"),
        ({"kind": "club"}, "kind", "not_a_kind"),
        ({"email": "plie@essai"}, "email", "not_an_email"),
        ({"email": "a@b.fr c@d.fr"}, "email", "not_an_email"),
        ({"person": "Ana", "person_email": "ana"}, "person_email", "not_an_email"),
        ({"start": "31/02/2026"}, "start", "impossible_date"),
        ({"end": "bientôt"}, "end", "not_a_day"),
        ({"start": "02/10/2026", "end": "01/10/2026"}, "end", "ends_before"),
        ({"city": "=1+1"}, "city", "formula"),
    ],
)
def test_what_is_wrong_in_a_line(cells, column, code):
    """One problem, in its own cell; the structure is then left out."""
    assert wrong(PLIE | cells) == [(2, column, code)]
    assert read(PLIE | cells, OTHER).relays == read({}, OTHER).relays


def test_a_period_of_one_day():
    """It may end on the day on which it starts; either date may be missing."""
    for period in ({"start": "01/10/2026", "end": "01/10/2026"}, {"start": "01/10/2026"}, {"end": "01/10/2026"}):
        assert wrong(PLIE | period) == []


def test_the_address_of_nobody_is_not_read():
    """Without a facilitator's name."""
    (relay,) = read(PLIE | {"person_email": "ana"}).relays
    assert relay.people == []


def test_facilitators_of_one_structure():
    """One line for each; what one line leaves empty another one says."""
    first = PLIE | {"person": "Ana", "territories": "86, 16", "languages": "fr"}
    second = PLIE | {"person": "Bo", "territories": "16, 17", "languages": "en, fr", "city": "Poitiers", "kind": ""}
    (relay,) = read(first, second | {"name": "PLIE D ESSAI"}).relays
    assert relay.people == [Person("Ana", "", ""), Person("Bo", "", "")]
    assert (relay.row, relay.name, relay.city, relay.kind) == (2, "PLIE d'essai", "Poitiers", "plie")
    assert (relay.territories, relay.languages) == (("86", "16", "17"), ("fr", "en"))


@pytest.mark.parametrize(
    ("column", "one", "two"),
    [
        ("name", "PLIE", "Autre nom"),
        ("zip", "86000", "86100"),
        ("kind", "PLIE", "GIP"),
        ("street", "1 rue", "2 rue"),
        ("city", "Poitiers", "Niort"),
        ("phone", "05 49", "05 50"),
        ("email", "a@essai.fr", "b@essai.fr"),
        ("start", "01/01/2026", "02/01/2026"),
        ("end", "30/12/2026", "31/12/2026"),
    ],
)
def test_lines_of_one_structure_that_contradict_each_other(column, one, two):
    """The later one is told, with the row of the first."""
    file = read(OTHER, PLIE | {"person": "Ana", column: one}, PLIE | {"person": "Bo", column: two})
    assert [(found.row, found.column, found.code) for found in file.problems] == [(4, column, "contradiction")]
    assert file.problems[0].params == {"first": 3}
    assert wrong(PLIE | {"person": "Ana", column: one}, PLIE | {"person": "Bo", column: one}) == []


def test_a_line_that_comes_twice():
    """The same structure and facilitator, capitals or not, with or without a SIRET; not another facilitator."""
    for line in (PLIE, OTHER, PLIE | {"person": "Ana"}):
        capitals = line | {"person": line.get("person", "").upper()}
        file = read(line, capitals)
        assert [(found.row, found.code, found.params) for found in file.problems] == [(3, "same_line", {"first": 2})]
        assert len(file.relays) == 1
    assert wrong(PLIE, PLIE | {"person": "Ana"}) == []


def test_structures_of_one_name_in_two_towns():
    """Without a SIRET a name and a postcode make a structure; a SIRET is another one."""
    file = read(OTHER, OTHER | {"zip": "16000"}, OTHER | {"siret": "35600000000048"})
    assert [(relay.row, relay.zip) for relay in file.relays] == [(2, "17000"), (3, "16000"), (4, "17000")]
    assert file.problems == []


@pytest.mark.parametrize(
    ("column", "headers"),
    [
        ("name", "Structure;Nom de la structure;Raison sociale;Relais;Dénomination;Nom"),
        ("siret", "SIRET;N° SIRET;Numéro SIRET;SIREN;SIRET ou SIREN"),
        ("kind", "Type de structure;Type;Nature;Catégorie"),
        ("street", "Adresse;Rue;Voie"),
        ("zip", "Code postal;CP;Postcode"),
        ("city", "Ville;Commune"),
        ("phone", "Téléphone;Tél;Téléphone de la structure"),
        ("email", "Courriel;E-mail;Email;Mail;Courriel de la structure"),
        ("territories", "Territoires;Territoire;Territoires couverts;Territoire d'intervention"),
        ("languages", "Langues;Langue;Langues parlées"),
        ("start", "Début;Date de début;Depuis;Depuis le"),
        ("end", "Fin;Date de fin;Jusqu'au"),
        ("person", "Facilitateur;Facilitatrice;Nom du facilitateur;Facilitateur ou facilitatrice;Référent"),
        ("person_phone", "Téléphone du facilitateur;Tel facilitateur;Téléphone du référent"),
        ("person_email", "Courriel du facilitateur;Email facilitateur;Mail facilitateur;Courriel du référent"),
        (None, "Remarques;Site"),
    ],
)
def test_headers_of_directories(column, headers):
    """As people head them."""
    assert {HEADINGS.column(header) for header in headers.split(";")} == {column}


def test_what_a_directory_must_have():
    """A name and a postcode."""
    assert list(HEADINGS.required) == ["name", "zip"]
