"""A directory of relays and of their facilitators, as a file: each structure once, with its people."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from stdnum.fr import siren, siret

from ..places import clean_postcode
from ..text import digits, folded
from .cells import parse_day
from .table import Headings, Row, RowReader, formulas

HEADINGS = Headings(
    {
        "name": ("structure", "nom de la structure", "raison sociale", "relais", "dénomination", "nom"),
        "siret": ("siret", "n° siret", "numéro siret", "siren", "siret ou siren"),
        "kind": ("type de structure", "type", "nature", "catégorie"),
        "street": ("adresse", "rue", "voie"),
        "zip": ("code postal", "cp", "postcode"),
        "city": ("ville", "commune"),
        "phone": ("téléphone", "tel", "téléphone de la structure"),
        "email": ("courriel", "e-mail", "email", "mail", "courriel de la structure"),
        "territories": ("territoires", "territoire", "territoires couverts", "territoire d'intervention"),
        "languages": ("langues", "langue", "langues parlées"),
        "start": ("début", "date de début", "depuis", "depuis le"),
        "end": ("fin", "date de fin", "jusqu'au"),
        "person": ("facilitateur", "facilitatrice", "nom du facilitateur", "facilitateur ou facilitatrice", "référent"),
        "person_phone": ("téléphone du facilitateur", "tel facilitateur", "téléphone du référent"),
        "person_email": ("courriel du facilitateur", "email facilitateur", "mail facilitateur", "courriel du référent"),
    },
    required=["name", "zip"],
)
KINDS = {
    "plie": ("plie", "plan local pour l insertion et l emploi"),
    "mde": ("maison de l emploi", "mde"),
    "meif": ("meif", "maison de l emploi de l insertion et de la formation"),
    "local_authority": (
        *("collectivite", "collectivite territoriale", "commune", "departement", "local authority", "epci"),
        *("conseil departemental", "communaute de communes", "communaute d agglomeration", "metropole"),
    ),
    "gip": ("gip", "groupement d interet public"),
    "association": ("association", "association loi 1901"),
    "other": ("autre", "other"),
}
_KIND_OF = {text: kind for kind, texts in KINDS.items() for text in texts}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(slots=True)
class Person:
    """A facilitator."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(slots=True)
class Relay:
    """A structure as the lines of a file say it; ``row`` is the first of them. Empty cells say nothing."""

    row: int
    name: str
    zip: str
    siret: str = ""
    kind: str = ""
    street: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    start: date | None = None
    end: date | None = None
    territories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    people: list[Person] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.siret or same_name(self.name, self.zip)


def same_name(name: str, postcode: str) -> str:
    """
    >>> same_name("Relais de l'Île", "86000") == same_name("RELAIS DE L ILE", "86000")
    True
    """
    return f"{folded(name)} {postcode}"


class RelayFile(RowReader):
    """The relays of a file; ``problems`` says all that is wrong. One line for each facilitator of a relay.

    >>> def read(*rows):
    ...     return RelayFile(enumerate(rows, 2))
    >>> plie = {"name": "PLIE d'essai", "zip": "1000", "siret": "356 000 000 00048", "kind": "Plie"}
    >>> file = read(plie | {"person": "Ana Exemple"}, plie | {"person": "Bo Exemple", "territories": "86, 16"})
    >>> [(relay.zip, relay.siret, relay.kind, relay.territories, len(relay.people)) for relay in file.relays]
    [('01000', '35600000000048', 'plie', ('86', '16'), 2)]
    >>> def wrong(*rows):
    ...     return [(problem.row, problem.column, problem.code) for problem in read(*rows).problems]
    >>> wrong(plie, plie), wrong(plie | {"person": "Ana"}, plie | {"person": "ANA"})
    ([(3, '', 'same_line')], [(3, '', 'same_line')])
    >>> wrong(plie | {"siret": "35600000000049"}, plie | {"kind": "club", "zip": "x", "name": ""})
    [(2, 'siret', 'not_siret'), (3, 'name', 'empty_cell'), (3, 'zip', 'not_a_postcode'), (3, 'kind', 'not_a_kind')]
    >>> wrong(plie | {"start": "01/10/2026", "end": "30/09/2026"}, {"name": "Autre", "zip": "86000", "email": "x"})
    [(2, 'end', 'ends_before'), (3, 'email', 'not_an_email')]
    >>> wrong(plie | {"person": "Ana"}, plie | {"person": "Bo", "name": "Autre nom"})
    [(3, 'name', 'contradiction')]
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__()
        self._relays: dict[str, Relay] = {}
        self._seen: dict[tuple[str, str], int] = {}
        for number, cells in rows:
            self._begin(number, cells)
            before = len(self.problems)
            self.problems += formulas(number, cells)
            if len(self.problems) == before:
                relay = self._relay()
                if len(self.problems) == before:
                    self._add(relay)

    @property
    def relays(self) -> list[Relay]:
        return list(self._relays.values())

    def _relay(self) -> Relay:
        cells = self._cells
        for column in HEADINGS.required:
            if not cells.get(column):
                self._problem(column, "empty_cell")
        relay = Relay(
            self._number,
            cells.get("name", ""),
            self._read("zip", clean_postcode, "not_a_postcode") or "",
            self._read("siret", _siret, "not_siret") or "",
            self._read("kind", _kind, "not_a_kind") or "",
            cells.get("street", ""),
            cells.get("city", ""),
            cells.get("phone", ""),
            self._read("email", _email, "not_an_email") or "",
            self._read("start", parse_day, "not_a_day"),
            self._read("end", parse_day, "not_a_day"),
            _several(cells.get("territories", "")),
            _several(cells.get("languages", "")),
        )
        if relay.start and relay.end and relay.end < relay.start:
            self._problem("end", "ends_before")
        if name := cells.get("person"):
            email = self._read("person_email", _email, "not_an_email") or ""
            relay.people.append(Person(name, cells.get("person_phone", ""), email))
        return relay

    def _add(self, relay: Relay) -> None:
        first = self._seen.setdefault((relay.key, *(folded(person.name) for person in relay.people)), relay.row)
        if first != relay.row:
            self._problem("", "same_line", first=first)
            return
        known = self._relays.setdefault(relay.key, relay)
        if known is relay:
            return
        for column in ("name", "zip", "siret", "kind", "street", "city", "phone", "email", "start", "end"):
            ours, theirs = getattr(known, column), getattr(relay, column)
            if ours and theirs and folded(str(ours)) != folded(str(theirs)):
                self._problem(column, "contradiction", first=known.row)
            setattr(known, column, ours or theirs)
        for column in ("territories", "languages"):
            setattr(known, column, tuple(dict.fromkeys((*getattr(known, column), *getattr(relay, column)))))
        known.people += relay.people


def _siret(text: str) -> str:
    number = digits(text)
    if not (siret.is_valid(number) or siren.is_valid(number)):
        raise ValueError(text)
    return number


def _kind(text: str) -> str:
    if folded(text) not in _KIND_OF:
        raise ValueError(text)
    return _KIND_OF[folded(text)]


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError(text)
    return text


def _several(text: str) -> tuple[str, ...]:
    """
    >>> _several("86 ; Grand Poitiers|16"), _several("")
    (('86', 'Grand Poitiers', '16'), ())
    """
    return tuple(part.strip() for part in re.split(r"[;,|\n]", text) if part.strip())
