"""What the tender documents say of an insertion clause, in French: their text is a template, these are its values.

Sources: code de la commande publique (articles named below); CCAG of 2021, article on insertion, which asks for the
perimeter of the action, the facilitator's contact details, the eligible publics and the hours owed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from .documents import NBSP, euros, french_day, french_number, percent
from .tender_terms import Ccag, Sanction, hearing, sanctions, under_ccag

TO_COMPLETE = "[nombre d'heures à compléter]"
# What a text may name between braces.
PLACEHOLDERS = (
    "acheteur",
    "marche",
    "lots",
    "perimetre",
    "engagement",
    "reservation",
    "facilitateur",
    "publics",
    "mois_eligibilite",
    "jour_declaration",
    "application_ccag",
    "penalites",
    "procedure_contradictoire",
)
RESERVATIONS = {
    "reserved_adapted": (
        "L2113-12",
        "aux entreprises adaptées, aux établissements et services d'accompagnement par le travail et aux structures "
        "équivalentes",
    ),
    "reserved_inclusion": ("L2113-13", "aux structures d'insertion par l'activité économique et équivalentes"),
    "reserved_both": (
        "L2113-14",
        "aux structures du travail adapté ou protégé, aux structures d'insertion par l'activité économique et aux "
        "structures équivalentes",
    ),
    "reserved_prison": ("L2113-13-1", "aux opérateurs qui emploient des personnes détenues"),
    "reserved_social_economy": ("L2113-15", "aux entreprises de l'économie sociale et solidaire et équivalentes"),
}
WITH_SHARE = ("reserved_adapted", "reserved_inclusion", "reserved_both")  # R2113-7: at least 50 % of such workers


@dataclass(frozen=True)
class Part:
    """One clause as the tender documents tell it: hours, ``rate`` as a fraction, ``floor`` in euros excluding tax."""

    lever: str = "execution"
    hours_mode: str = "fixed"
    hours: float = 0
    rate: float = 0
    hours_per_euro: float = 0
    floor: float = 0
    lot: str = ""
    trade: str = ""
    place: str = ""
    start: date | None = None
    end: date | None = None
    relay: tuple[str, ...] = ()  # name, then address, telephone, e-mail: those that are known


def family(lever: str) -> str:
    """
    >>> family("reserved_prison"), family("criterion")
    ('reserved', 'criterion')
    """
    return lever.split("_")[0]


def applies(text_lever: str, lever: str) -> bool:
    """Whether a text is for a clause of that lever.

    >>> applies("any", "training"), applies("work", "training"), applies("work", "criterion")
    (True, False, True)
    >>> applies("reserved", "reserved_both"), applies("execution", "criterion")
    (True, False)
    """
    return text_lever == "any" or (text_lever == "work" and lever != "training") or text_lever == family(lever)


def by_lot(parts: Sequence[Part], say: Callable[[Part], str]) -> str:
    """One line for each part, under its lot.

    >>> by_lot([Part(lot="Lot 1", hours=10), Part(lot="Lot 2", hours=20)], commitment)
    "– Lot 1\\xa0: 10 heures d'insertion au moins\\n– Lot 2\\xa0: 20 heures d'insertion au moins"
    >>> by_lot([Part(hours=10)], commitment)
    "10 heures d'insertion au moins"
    """
    if len(parts) == 1:
        return say(parts[0])
    return "\n".join(f"– {part.lot}{NBSP}: {say(part)}" if part.lot else f"– {say(part)}" for part in parts)


def once(parts: Sequence[Part], say: Callable[[Part], str]) -> str:
    """The same, where what holds for all is said once.

    >>> once([Part(lot="Lot 1"), Part(lot="Lot 2")], lambda part: "Relais")
    'Relais'
    """
    said = {say(part) for part in parts}
    return said.pop() if len(said) == 1 else by_lot(parts, say)


def commitment(part: Part) -> str:
    """The hours that the contractor owes.

    >>> commitment(Part(hours=833))
    "833 heures d'insertion au moins"
    >>> commitment(Part(hours_mode="percentage", rate=0.05, hours=833))
    "5\\xa0% au moins des heures travaillées pour exécuter le marché, soit environ 833 heures d'insertion"
    >>> commitment(Part(hours_mode="ordered", hours_per_euro=833 / 1_000_000, floor=50_000, hours=833))[:88]
    "83,3 heures d'insertion au moins pour 100\\xa0000\\xa0€ HT commandés, dès que les commandes atte"
    >>> commitment(Part(lever="training", hours=150))
    '150 heures de formation de jeunes sous statut scolaire au moins'
    >>> commitment(Part(lever="criterion")), commitment(Part())
    ("aucun minimum n'est demandé", "[nombre d'heures à compléter]")
    """
    hours = f"{french_number(part.hours)} heure{'s' if part.hours >= 2 else ''}"
    if part.lever == "training":
        return f"{hours if part.hours else TO_COMPLETE} de formation de jeunes sous statut scolaire au moins"
    if part.hours_mode == "percentage" and part.rate:
        about = f", soit environ {hours} d'insertion" if part.hours else ""
        return f"{percent(part.rate)} au moins des heures travaillées pour exécuter le marché{about}"
    if part.hours_mode == "ordered" and part.hours_per_euro:
        return _by_order(part, hours)
    if not part.hours:
        return "aucun minimum n'est demandé" if part.lever == "criterion" else TO_COMPLETE
    return f"{hours} d'insertion au moins"


def _by_order(part: Part, hours: str) -> str:
    rate = f"{french_number(part.hours_per_euro * 100_000)} heures d'insertion au moins pour {euros(100_000)} commandés"
    floor = f", dès que les commandes atteignent {euros(part.floor)}" if part.floor else ""
    return f"{rate}{floor} (estimation sur la durée du marché{NBSP}: {hours})"


def perimeter(part: Part) -> str:
    """The work that counts: trade, place, dates, as far as they are known.

    >>> perimeter(Part(trade="Maçonnerie", place="Vienne", start=date(2026, 10, 1), end=date(2027, 9, 30)))
    "Maçonnerie, lieu d'exécution\\xa0: Vienne, du 1er octobre 2026 au 30 septembre 2027"
    >>> perimeter(Part())
    "l'ensemble des prestations"
    """
    dates = ""
    if part.start and part.end:
        dates = f"du {french_day(part.start)} au {french_day(part.end)}"
    elif part.start:
        dates = f"à compter du {french_day(part.start)}"
    place = f"lieu d'exécution{NBSP}: {part.place}" if part.place else ""
    return ", ".join(filter(None, (part.trade or "l'ensemble des prestations", place, dates)))


def reservation(part: Part) -> str:
    """To whom the contract is reserved, and the article that allows it.

    >>> reservation(Part(lever="reserved_prison"))[:86]
    'marché réservé aux opérateurs qui emploient des personnes détenues (article L2113-13-1'
    >>> "R2113-7" in reservation(Part(lever="reserved_both"))
    True
    >>> reservation(Part(lever="execution"))
    'sans réservation'
    """
    if part.lever not in RESERVATIONS:
        return "sans réservation"
    article, whom = RESERVATIONS[part.lever]
    share = ", dont ces travailleurs sont au moins 50 % (article R2113-7)" if part.lever in WITH_SHARE else ""
    return f"marché réservé {whom}{share.replace(' %', f'{NBSP}%')} (article {article} du code de la commande publique)"


def facilitator(part: Part) -> str:
    """
    >>> facilitator(Part(relay=("Relais", "1 rue du Port, 86000 Poitiers", "05 49 00 00 00")))
    'Relais, 1 rue du Port, 86000 Poitiers, 05 49 00 00 00'
    >>> facilitator(Part())
    "désigné par l'acheteur avant le début de l'exécution"
    """
    return ", ".join(part.relay) or "désigné par l'acheteur avant le début de l'exécution"


def lots(parts: Sequence[Part]) -> str:
    """
    >>> lots([Part()]), lots([Part(lot="Lot 4")]), lots([Part(lot="Lot 4"), Part(lot="Lot 5"), Part(lot="Lot 4")])
    ('du marché', 'du lot «\\xa0Lot 4\\xa0»', 'des lots «\\xa0Lot 4\\xa0» et «\\xa0Lot 5\\xa0»')
    """
    names = [f"«{NBSP}{lot}{NBSP}»" for lot in dict.fromkeys(part.lot for part in parts) if lot]
    if not names or not all(part.lot for part in parts):
        return "du marché"
    return f"du lot {names[0]}" if len(names) == 1 else f"des lots {', '.join(names[:-1])} et {names[-1]}"


def tender_values(parts: Sequence[Part], ccag: Ccag | None, rules: Sequence[Sanction] = ()) -> dict[str, str]:
    """The values that follow from the clauses of one contract."""
    return {
        "lots": lots(parts),
        "perimetre": by_lot(parts, perimeter),
        "engagement": by_lot(parts, commitment),
        "reservation": once(parts, reservation),
        "facilitateur": once(parts, facilitator),
        "application_ccag": under_ccag(ccag),
        "penalites": sanctions(rules),
        "procedure_contradictoire": hearing(ccag),
    }
