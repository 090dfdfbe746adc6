"""What the tender documents say of an insertion clause, word for word."""

from datetime import date

import pytest

from odoo.addons.clause_insertion.engine.tender import (
    PLACEHOLDERS,
    Part,
    applies,
    by_lot,
    commitment,
    facilitator,
    family,
    lots,
    once,
    perimeter,
    reservation,
    tender_values,
)
from odoo.addons.clause_insertion.engine.tender_terms import (
    Ccag,
    Sanction,
    hearing,
    sanction,
    sanctions,
    under_ccag,
)

MASONRY, PAINT = Part(lot="Lot 4", hours=833), Part(lot="Lot 5", hours=150)


def plain(text: str) -> str:
    """With ordinary spaces, which are easier to read in a test."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("lever", "found"),
    [
        ("execution", "execution"),
        ("criterion", "criterion"),
        ("training", "training"),
        ("reserved_prison", "reserved"),
        ("reserved_social_economy", "reserved"),
    ],
)
def test_all_reservations_are_of_one_family(lever, found):
    assert family(lever) == found


@pytest.mark.parametrize(
    ("text_lever", "lever", "applied"),
    [
        ("any", "execution", True),
        ("any", "training", True),
        ("work", "execution", True),
        ("work", "reserved_both", True),
        ("work", "training", False),
        ("training", "training", True),
        ("training", "execution", False),
        ("reserved", "reserved_adapted", True),
        ("reserved", "execution", False),
        ("execution", "execution", True),
        ("execution", "criterion", False),
    ],
)
def test_the_texts_of_a_lever(text_lever, lever, applied):
    """A text for "work" is for all but pupils in training."""
    assert applies(text_lever, lever) is applied


@pytest.mark.parametrize(
    ("part", "said"),
    [
        pytest.param({"hours": 833}, "833 heures d'insertion au moins", id="F1"),
        pytest.param({"hours": 3500}, "3 500 heures d'insertion au moins", id="F2"),
        pytest.param({"hours": 1}, "1 heure d'insertion au moins", id="one hour"),
        pytest.param({"hours": 1.99}, "1,99 heure d'insertion au moins", id="less than two is singular"),
        pytest.param({"hours": 2}, "2 heures d'insertion au moins", id="two"),
        pytest.param({}, "[nombre d'heures à compléter]", id="not sized yet"),
        pytest.param({"lever": "criterion"}, "aucun minimum n'est demandé", id="a criterion alone"),
        pytest.param({"lever": "criterion", "hours": 833}, "833 heures d'insertion au moins", id="above a clause"),
        pytest.param(
            {"lever": "training", "hours": 150},
            "150 heures de formation de jeunes sous statut scolaire au moins",
            id="training",
        ),
        pytest.param(
            {"lever": "training"},
            "[nombre d'heures à compléter] de formation de jeunes sous statut scolaire au moins",
            id="training, not sized yet",
        ),
        pytest.param(
            {"hours_mode": "percentage", "rate": 0.05, "hours": 833},
            "5 % au moins des heures travaillées pour exécuter le marché, soit environ 833 heures d'insertion",
            id="a share of the hours worked",
        ),
        pytest.param(
            {"hours_mode": "percentage", "rate": 0.1},
            "10 % au moins des heures travaillées pour exécuter le marché",
            id="a share, without an estimate",
        ),
        pytest.param(
            {"hours_mode": "percentage", "hours": 833}, "833 heures d'insertion au moins", id="a share not known yet"
        ),
        pytest.param({"hours": 833, "rate": 0.05}, "833 heures d'insertion au moins", id="fixed, whatever the rate"),
        pytest.param(
            {"hours": 833, "hours_per_euro": 0.000833}, "833 heures d'insertion au moins", id="fixed, not by order"
        ),
        pytest.param(
            {"hours_mode": "ordered", "hours_per_euro": 0.000833, "hours": 833},
            "83,3 heures d'insertion au moins pour 100 000 € HT commandés "
            "(estimation sur la durée du marché : 833 heures)",
            id="by order",
        ),
        pytest.param(
            {"hours_mode": "ordered", "hours_per_euro": 0.000833, "hours": 833, "floor": 50_000},
            "83,3 heures d'insertion au moins pour 100 000 € HT commandés, dès que les commandes atteignent "
            "50 000 € HT (estimation sur la durée du marché : 833 heures)",
            id="by order, from an amount on",
        ),
        pytest.param(
            {"hours_mode": "ordered", "hours_per_euro": 1, "hours": 833},
            "100 000 heures d'insertion au moins pour 100 000 € HT commandés "
            "(estimation sur la durée du marché : 833 heures)",
            id="an hour for each euro",
        ),
        pytest.param({"hours_mode": "ordered", "hours": 833}, "833 heures d'insertion au moins", id="no rate yet"),
    ],
)
def test_hours_that_the_contractor_owes(part, said):
    assert plain(commitment(Part(**part))) == said


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({}, "l'ensemble des prestations"),
        ({"trade": "Maçonnerie"}, "Maçonnerie"),
        ({"place": "Vienne"}, "l'ensemble des prestations, lieu d'exécution : Vienne"),
        ({"start": date(2026, 10, 1)}, "l'ensemble des prestations, à compter du 1er octobre 2026"),
        ({"end": date(2027, 9, 30)}, "l'ensemble des prestations"),
        (
            {"trade": "Maçonnerie", "place": "Vienne", "start": date(2026, 10, 1), "end": date(2027, 9, 30)},
            "Maçonnerie, lieu d'exécution : Vienne, du 1er octobre 2026 au 30 septembre 2027",
        ),
    ],
)
def test_the_perimeter_as_far_as_it_is_known(part, said):
    assert plain(perimeter(Part(**part))) == said


SHARE = ", dont ces travailleurs sont au moins 50 % (article R2113-7)"


@pytest.mark.parametrize(
    ("lever", "whom", "article"),
    [
        (
            "reserved_adapted",
            "aux entreprises adaptées, aux établissements et services d'accompagnement par le travail et aux "
            f"structures équivalentes{SHARE}",
            "L2113-12",
        ),
        (
            "reserved_inclusion",
            f"aux structures d'insertion par l'activité économique et équivalentes{SHARE}",
            "L2113-13",
        ),
        (
            "reserved_both",
            "aux structures du travail adapté ou protégé, aux structures d'insertion par l'activité économique et aux "
            f"structures équivalentes{SHARE}",
            "L2113-14",
        ),
        ("reserved_prison", "aux opérateurs qui emploient des personnes détenues", "L2113-13-1"),
        (
            "reserved_social_economy",
            "aux entreprises de l'économie sociale et solidaire et équivalentes",
            "L2113-15",
        ),
    ],
)
def test_a_reservation_names_its_article_and_the_share_of_r2113_7(lever, whom, article):
    expected = f"marché réservé {whom} (article {article} du code de la commande publique)"
    assert plain(reservation(Part(lever=lever))) == expected


def test_a_percent_sign_is_not_left_alone_on_a_line():
    assert " 50\u00a0% (" in reservation(Part(lever="reserved_inclusion"))


@pytest.mark.parametrize("lever", ["execution", "criterion", "training", "services"])
def test_other_levers_reserve_nothing(lever):
    assert reservation(Part(lever=lever)) == "sans réservation"


def test_a_part_is_an_execution_clause_of_fixed_hours_unless_told():
    assert (Part().lever, Part().hours_mode, Part().hours, Part().relay) == ("execution", "fixed", 0, ())
    assert lots([Part()]) == "du marché"


def test_the_facilitator_or_when_it_will_be_known():
    assert facilitator(Part(relay=("MDE Nord", "05 49 00 00 00"))) == "MDE Nord, 05 49 00 00 00"
    assert facilitator(Part()) == "désigné par l'acheteur avant le début de l'exécution"


def test_one_line_for_each_lot():
    assert plain(by_lot([MASONRY, PAINT], commitment)) == (
        "– Lot 4 : 833 heures d'insertion au moins\n– Lot 5 : 150 heures d'insertion au moins"
    )


def test_a_single_lot_is_not_a_list():
    assert by_lot([MASONRY], commitment) == "833 heures d'insertion au moins"


def test_a_clause_of_no_lot_among_others():
    said = plain(by_lot([MASONRY, Part(hours=20)], commitment))
    assert said.splitlines()[1] == "– 20 heures d'insertion au moins"


def test_what_holds_for_all_lots_is_said_once():
    assert once([MASONRY, PAINT], reservation) == "sans réservation"
    assert plain(once([MASONRY, PAINT], lambda part: part.lot)) == "– Lot 4 : Lot 4\n– Lot 5 : Lot 5"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([""], "du marché"),
        ([], "du marché"),
        (["Lot 4"], "du lot « Lot 4 »"),
        (["Lot 4", "Lot 4"], "du lot « Lot 4 »"),
        (["Lot 4", "Lot 5"], "des lots « Lot 4 » et « Lot 5 »"),
        (["Lot 5", "Lot 4", "Lot 5", "Lot 6"], "des lots « Lot 5 », « Lot 4 » et « Lot 6 »"),
        (["Lot 4", ""], "du marché"),
    ],
)
def test_the_lots_that_the_clauses_bear_on(names, said):
    """A clause of no lot bears on the whole contract."""
    assert plain(lots([Part(lot=name) for name in names])) == said


@pytest.mark.parametrize(
    ("ccag", "said"),
    [
        (None, "dans les conditions du présent document, le marché ne se référant à aucun CCAG"),
        (
            Ccag("Fournitures courantes et services", "16.1", is_checked=True),
            "en application de l'article 16.1 du CCAG « Fournitures courantes et services »",
        ),
        (Ccag("Travaux", "20.1"), "en application de l'article 20.1 [numéro à vérifier] du CCAG « Travaux »"),
        (
            Ccag("Marchés industriels"),
            "en application de l'article relatif à l'insertion [numéro à compléter] du CCAG « Marchés industriels »",
        ),
        (
            Ccag("Travaux", is_checked=True),
            "en application de l'article relatif à l'insertion [numéro à compléter] du CCAG « Travaux »",
        ),
    ],
)
def test_the_article_of_the_general_conditions(ccag, said):
    assert plain(under_ccag(ccag)) == said


FIFTEEN_DAYS = (
    "après que le titulaire a été invité par écrit à présenter ses observations dans un délai de quinze jours"
)


@pytest.mark.parametrize(
    ("ccag", "said"),
    [
        (Ccag("Travaux", procedure="19.2.4"), "selon la procédure contradictoire de l'article 19.2.4 du CCAG"),
        (Ccag("Travaux"), FIFTEEN_DAYS),
        (None, FIFTEEN_DAYS),
    ],
)
def test_how_the_contractor_is_heard(ccag, said):
    assert hearing(ccag) == said


MEETING = {"failure": "meeting", "shape": "event", "amount": 500}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        pytest.param(MEETING, "absence à une réunion : 500 € HT à chaque fois", id="a meeting"),
        pytest.param(
            {"failure": "hours", "shape": "index", "coefficient": 4, "index": "ceiling_hourly"},
            "heures non réalisées : 4 fois le plafond horaire brut de la Sécurité sociale en vigueur, par heure",
            id="four times the ceiling",
        ),
        pytest.param(
            {"failure": "hours", "shape": "index", "coefficient": 1.5, "index": "smic_hourly"},
            "heures non réalisées : 1,5 fois le salaire minimum horaire brut en vigueur, par heure",
            id="by the minimum wage",
        ),
        pytest.param(
            {"failure": "hours", "shape": "index"},
            "heures non réalisées : 1 fois …, par heure",
            id="an index not chosen yet",
        ),
        pytest.param(
            {"failure": "hours", "shape": "hour", "amount": 45},
            "heures non réalisées : 45 € HT par heure",
            id="a fixed amount for an hour",
        ),
        pytest.param(
            {"failure": "document", "shape": "day", "amount": 50, "working_days": True},
            "document, déclaration ou justificatif en retard : 50 € HT par jour ouvré",
            id="working days",
        ),
        pytest.param(
            {"failure": "document", "shape": "day", "amount": 50},
            "document, déclaration ou justificatif en retard : 50 € HT par jour calendaire",
            id="calendar days",
        ),
        pytest.param(
            {"failure": "other", "shape": "event", "name": "Affichage absent", "amount": 100},
            "Affichage absent : 100 € HT à chaque fois",
            id="a failure of one's own",
        ),
        pytest.param({"failure": "other", "shape": "event"}, " : 0 € HT à chaque fois", id="nothing typed yet"),
        pytest.param(
            MEETING | {"name": "Réunion de lancement"},
            "absence à une réunion : 500 € HT à chaque fois",
            id="a known failure says itself",
        ),
        pytest.param(
            MEETING | {"cap": 0.1, "floor": 1000, "is_heard": False, "lots": ("Lot 4", "Lot 5"), "is_checked": False},
            "absence à une réunion : 500 € HT à chaque fois, au plus 10 % du montant du marché, rien n'étant demandé "
            "jusqu'à 1 000 € HT, sans procédure contradictoire, par dérogation au CCAG (Lot 4, Lot 5) [à vérifier]",
            id="with all its conditions",
        ),
    ],
)
def test_what_a_failure_costs(rule, said):
    assert plain(sanction(Sanction(**rule))) == said


def test_the_penalties_of_a_contract():
    late = Sanction("document", "day", amount=50)
    assert sanctions([]) == "aucune pénalité propre à l'insertion"
    assert sanctions([Sanction(**MEETING), late]).splitlines() == [
        "– absence à une réunion\u00a0: 500\u00a0€ HT à chaque fois",
        "– document, déclaration ou justificatif en retard\u00a0: 50\u00a0€ HT par jour calendaire",
    ]


def test_the_values_of_two_lots():
    ccag = Ccag("Travaux", "20.1", "19.2.4", is_checked=True)
    found = {name: plain(value) for name, value in tender_values([MASONRY, PAINT], ccag, [Sanction(**MEETING)]).items()}
    assert found == {
        "lots": "des lots « Lot 4 » et « Lot 5 »",
        "perimetre": "– Lot 4 : l'ensemble des prestations\n– Lot 5 : l'ensemble des prestations",
        "engagement": "– Lot 4 : 833 heures d'insertion au moins\n– Lot 5 : 150 heures d'insertion au moins",
        "reservation": "sans réservation",
        "facilitateur": "désigné par l'acheteur avant le début de l'exécution",
        "application_ccag": "en application de l'article 20.1 du CCAG « Travaux »",
        "penalites": "– absence à une réunion : 500 € HT à chaque fois",
        "procedure_contradictoire": "selon la procédure contradictoire de l'article 19.2.4 du CCAG",
    }


def test_the_values_of_a_contract_without_rules():
    found = tender_values([Part(hours=833)], None)
    assert found["lots"] == "du marché"
    assert found["penalites"] == "aucune pénalité propre à l'insertion"
    assert found["procedure_contradictoire"] == FIFTEEN_DAYS


def test_what_a_text_may_name_between_braces():
    """The values above, and those that come from the contract and the Region's settings."""
    of_the_contract = {"acheteur", "marche", "publics", "mois_eligibilite", "jour_declaration"}
    assert set(PLACEHOLDERS) == of_the_contract | set(tender_values([Part()], None))
