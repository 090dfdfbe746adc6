"""What the tender documents say of the general conditions and of penalties, in French."""

from collections.abc import Sequence
from dataclasses import dataclass

from .documents import NBSP, euros, french_number, percent


@dataclass(frozen=True)
class Ccag:
    """``article`` is the one on insertion; ``procedure`` the one on hearing the contractor before a penalty."""

    name: str
    article: str = ""
    procedure: str = ""
    is_checked: bool = False


@dataclass(frozen=True)
class Sanction:
    """A penalty rule: ``amount`` and ``floor`` in euros excluding tax, ``cap`` as a fraction of the contract.

    ``failure`` and ``shape`` are those of ``clause.insertion.penalty.rule``; ``lots`` are empty where it is for all.
    """

    failure: str
    shape: str
    name: str = ""
    amount: float = 0
    coefficient: float = 1
    index: str = ""
    working_days: bool = False
    cap: float = 0
    floor: float = 0
    is_heard: bool = True
    is_checked: bool = True
    lots: tuple[str, ...] = ()


def under_ccag(ccag: Ccag | None) -> str:
    """The article that the clause is under; one that nobody has checked says so.

    >>> under_ccag(Ccag("Fournitures courantes et services", "16.1", is_checked=True))
    "en application de l'article 16.1 du CCAG «\\xa0Fournitures courantes et services\\xa0»"
    >>> under_ccag(Ccag("Travaux", "20.1"))[:59]
    "en application de l'article 20.1 [numéro à vérifier] du CCA"
    >>> under_ccag(None)
    'dans les conditions du présent document, le marché ne se référant à aucun CCAG'
    """
    if not ccag:
        return "dans les conditions du présent document, le marché ne se référant à aucun CCAG"
    return f"en application de l'article {_article(ccag)} du CCAG «{NBSP}{ccag.name}{NBSP}»"


def _article(ccag: Ccag) -> str:
    if not ccag.article:
        return "relatif à l'insertion [numéro à compléter]"
    return ccag.article if ccag.is_checked else f"{ccag.article} [numéro à vérifier]"


def hearing(ccag: Ccag | None) -> str:
    """
    >>> hearing(Ccag("Travaux", procedure="19.2.4"))
    "selon la procédure contradictoire de l'article 19.2.4 du CCAG"
    >>> hearing(None)
    'après que le titulaire a été invité par écrit à présenter ses observations dans un délai de quinze jours'
    """
    if ccag and ccag.procedure:
        return f"selon la procédure contradictoire de l'article {ccag.procedure} du CCAG"
    return "après que le titulaire a été invité par écrit à présenter ses observations dans un délai de quinze jours"


FAILURES = {
    "hours": "heures non réalisées",
    "document": "document, déclaration ou justificatif en retard",
    "meeting": "absence à une réunion",
}
INDEXES = {
    "smic_hourly": "le salaire minimum horaire brut en vigueur",
    "ceiling_hourly": "le plafond horaire brut de la Sécurité sociale en vigueur",
}


def sanction(rule: Sanction) -> str:
    """What a failure costs.

    >>> sanction(Sanction("hours", "index", coefficient=4, index="smic_hourly", is_checked=False))
    'heures non réalisées\\xa0: 4 fois le salaire minimum horaire brut en vigueur, par heure [à vérifier]'
    >>> sanction(Sanction("document", "day", amount=50, working_days=True, cap=0.1))[41:]
    'retard\\xa0: 50\\xa0€ HT par jour ouvré, au plus 10\\xa0% du montant du marché'
    >>> sanction(Sanction("other", "event", "Affichage absent", amount=100, is_heard=False, lots=("Lot 4",)))[:66]
    'Affichage absent\\xa0: 100\\xa0€ HT à chaque fois, sans procédure contradi'
    """
    said = [_price(rule)]
    if rule.cap:
        said.append(f"au plus {percent(rule.cap)} du montant du marché")
    if rule.floor:
        said.append(f"rien n'étant demandé jusqu'à {euros(rule.floor)}")
    if not rule.is_heard:
        said.append("sans procédure contradictoire, par dérogation au CCAG")
    lots_named = f" ({', '.join(rule.lots)})" if rule.lots else ""
    to_check = "" if rule.is_checked else " [à vérifier]"
    return f"{FAILURES.get(rule.failure, rule.name)}{NBSP}: {', '.join(said)}{lots_named}{to_check}"


def _price(rule: Sanction) -> str:
    if rule.shape == "index":
        return f"{french_number(rule.coefficient)} fois {INDEXES.get(rule.index, '…')}, par heure"
    unit = {"hour": "par heure", "day": f"par jour {'ouvré' if rule.working_days else 'calendaire'}"}
    return f"{euros(rule.amount)} {unit.get(rule.shape, 'à chaque fois')}"


def sanctions(rules: Sequence[Sanction]) -> str:
    """
    >>> sanctions([])
    "aucune pénalité propre à l'insertion"
    """
    return "\n".join(f"– {sanction(rule)}" for rule in rules) or "aucune pénalité propre à l'insertion"
