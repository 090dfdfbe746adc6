"""Official files of communes: each commune once, with the territories that hold it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from stdnum.fr import siren

from ..places import clean_commune, clean_department, clean_postcode, department_of_commune
from ..text import folded
from .table import Headings, Problem, Row, RowReader, formulas

HEADINGS = Headings(
    {
        "commune": ("code commune", "code insee", "code commune insee", "codgeo", "com", "insee com", "insee"),
        "name": ("commune", "nom commune", "nom de la commune", "libgeo", "nom standard", "libelle", "lib com"),
        "type": ("typecom",),
        "postcode": ("code postal", "codes postaux", "cp", "postcode"),
        "department": ("code departement", "departement", "dep", "dep code", "insee dep"),
        "epci": ("code epci", "siren epci", "epci", "epci code", "n siren epci"),
        "epci_name": ("nom epci", "libelle epci", "libelle de l epci", "libepci", "lib epci"),
        "employment_zone": ("code zone d'emploi", "ze2020", "zone emploi 2020", "code ze", "ze", "code zone emploi"),
        "employment_zone_name": (
            *("nom zone d'emploi", "libelle zone d'emploi", "libelle de la zone d'emploi", "libze2020"),
            *("zone d'emploi", "nom zone emploi", "lib zone emploi 2020"),
        ),
        "qpv": ("code qpv", "code qp", "qpv", "code quartier", "code du quartier"),
        "qpv_name": ("nom qpv", "nom qp", "libelle qpv", "lib qp", "nom du quartier"),
    },
    required=["commune"],
)
HELD_BY = ("epci", "employment_zone")  # kinds of territory that hold whole communes, beside the department
NO_LONGER = ("COMD", "COMA")  # delegated and associated communes: parts of one that has their place
NO_EPCI = "ZZZZZZZZZ"  # what official files put for the few islands without one
_ZONE = re.compile(r"\d{4}", re.ASCII)
_QPV = re.compile(r"[A-Z0-9]{3,8}", re.ASCII)


@dataclass(slots=True)
class Commune:
    """A commune as the lines of a file say it; ``row`` is the first of them."""

    row: int
    code: str
    name: str = ""
    postcodes: set[str] = field(default_factory=set)
    held: dict[str, str] = field(default_factory=dict)  # kind: code

    @property
    def department(self) -> str:
        return department_of_commune(self.code)


class CommuneFile(RowReader):
    """The communes and territories of a file; ``problems`` says all that is wrong.

    >>> def read(*rows):
    ...     return CommuneFile(enumerate(rows, 2), known_communes=["86066"], known_territories=[("epci", "200069854")])
    >>> ain = {"commune": "1004", "name": "Ambérieu", "postcode": "1500", "department": "1"}
    >>> file = read(ain, ain | {"postcode": "01500 01501"}, {"commune": "86066", "epci": "200069854"})
    >>> file.problems, file.communes["01004"].postcodes == {"01500", "01501"}, file.communes["86066"].held
    ([], True, {'epci': '200069854'})
    >>> qpv = {"commune": "86066", "qpv": "qn08601m", "qpv_name": "Quartier"}
    >>> read(qpv).qpvs, read(qpv).names
    ({'QN08601M': {'86066'}}, {('qpv', 'QN08601M'): 'Quartier'})
    >>> def wrong(*rows):
    ...     return [(problem.row, problem.column, problem.code) for problem in read(*rows).problems]
    >>> wrong({"commune": "2C004"}, ain | {"department": "2"}, {"commune": "86194"})
    [(2, 'commune', 'not_a_commune'), (3, 'department', 'not_its_department'), (4, 'name', 'no_name')]
    >>> wrong(ain, ain | {"name": "Autre"}, ain | {"epci": "123456789", "name": ""}, ain | {"postcode": "0150"})
    [(3, 'name', 'contradiction'), (4, 'epci', 'not_an_epci')]
    """

    def __init__(
        self,
        rows: Iterable[Row],
        known_communes: Collection[str] = (),
        known_territories: Collection[tuple[str, str]] = (),
    ) -> None:
        super().__init__()
        self.communes: dict[str, Commune] = {}
        self.qpvs: dict[str, set[str]] = {}
        self.names: dict[tuple[str, str], str] = {}  # of territories, by kind and code
        self._named_at: dict[tuple[str, str], int] = {}
        for number, cells in rows:
            if cells.get("type") in NO_LONGER:
                continue
            for one in _one_commune_each(cells):
                self._begin(number, one)
                self.problems += formulas(number, one) or self._add() or ()
        self._check_names(known_communes, known_territories)
        self.problems.sort(key=lambda problem: problem.row)

    def _add(self) -> None:
        code = self._read("commune", clean_commune, "not_a_commune")
        if not code:
            if not self._cells.get("commune"):
                self._problem("commune", "empty_cell")
            return
        commune = self.communes.setdefault(code, Commune(self._number, code))
        commune.name = self._same("name", commune.name, commune.row)
        for text in re.split(r"[,;|/ ]+", re.sub(r"(?<=\d)\.0$", "", self._cells.get("postcode", ""))):
            if text and (postcode := self._parse("postcode", text, clean_postcode, "not_a_postcode")):
                commune.postcodes.add(postcode)
        if (found := self._read("department", clean_department, "")) and found != commune.department:
            self._problem("department", "not_its_department", expected=commune.department)
        for kind, parse in (("epci", _epci), ("employment_zone", _zone)):
            if territory := self._read(kind, parse, f"not_an_{kind}"):
                self._hold(commune, kind, territory)
        if qpv := self._read("qpv", _qpv, "not_a_qpv"):
            self.qpvs.setdefault(qpv, set()).add(code)
            self._name("qpv", qpv)

    def _hold(self, commune: Commune, kind: str, code: str) -> None:
        if commune.held.setdefault(kind, code) != code:
            self._problem(kind, "contradiction", first=commune.row)
        self._name(kind, code)

    def _name(self, kind: str, code: str) -> None:
        first = self._named_at.setdefault((kind, code), self._number)
        self.names[kind, code] = self._same(f"{kind}_name", self.names.get((kind, code), ""), first)

    def _same(self, column: str, known: str, first: int) -> str:
        """The text of a cell, which must not contradict an earlier line; capitals and accents do not count."""
        text = self._cells.get(column, "")
        if known and text and folded(text) != folded(known):
            self._problem(column, "contradiction", first=first)
        return known or text

    def _check_names(self, communes: Collection[str], territories: Collection[tuple[str, str]]) -> None:
        for commune in self.communes.values():
            if not commune.name and commune.code not in communes:
                self.problems.append(Problem(commune.row, "name", "", "no_name", {"code": commune.code}))
        for (kind, code), name in self.names.items():
            if not name and (kind, code) not in territories:
                self.problems.append(Problem(self._named_at[kind, code], f"{kind}_name", "", "no_name", {"code": code}))


def _one_commune_each(cells: dict[str, str]) -> list[dict[str, str]]:
    """A neighbourhood may lie in several communes, named in one cell: their names are then left aside.

    >>> [cells["commune"] for cells in _one_commune_each({"commune": "93005, 93007", "qpv": "QN1", "name": "A, B"})]
    ['93005', '93007']
    """
    codes = re.split(r"[,;/|]\s*", cells.get("commune", "")) if cells.get("qpv") else []
    return [{**cells, "commune": code, "name": ""} for code in codes] if len(codes) > 1 else [cells]


@lru_cache(maxsize=4096)
def _epci(text: str) -> str:
    code = text.replace(" ", "").upper()
    if code == NO_EPCI:
        return ""
    if not siren.is_valid(code):
        raise ValueError(text)
    return code


def _zone(text: str) -> str:
    """
    >>> _zone("51"), _zone("5405")
    ('0051', '5405')
    """
    code = text.strip().zfill(4)
    if not _ZONE.fullmatch(code):
        raise ValueError(text)
    return code


def _qpv(text: str) -> str:
    code = text.strip().upper()
    if not _QPV.fullmatch(code):
        raise ValueError(text)
    return code
