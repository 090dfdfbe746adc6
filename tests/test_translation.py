"""Every word that Odoo can translate has its French, with the same placeholders."""

import os
import re
import sys

import polib
import pytest
from clause_setup.databases import Databases
from clause_setup.paths import ADDONS, REPOSITORY
from clause_setup.terminal import run

DATABASE = f"scratch_{os.getpid()}_translation"
PLACEHOLDER = re.compile(r"%\(\w+\)[sdg]|%[sd]|\{\w*\}")
BREAKABLE = re.compile(r" [:;?!»]|« |[“”]")  # French keeps these together with a no-break space


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> dict[str, polib.POFile]:
    """What Odoo finds to translate in a database that has both addons."""
    folder = tmp_path_factory.mktemp("translation")
    databases = Databases({})
    databases.copy(os.environ["CLAUSE_INSERTION_TEMPLATE"], DATABASE)
    try:
        for name in ADDONS:
            target = folder / f"{name}.pot"
            run([sys.executable, "-m", "odoo", "i18n", "export", "-d", DATABASE, "-o", target, name], cwd="/")
    finally:
        databases.drop(DATABASE)
    return {name: polib.pofile(str(folder / f"{name}.pot")) for name in ADDONS}


def french(name: str) -> dict[str, str]:
    catalogue = polib.pofile(str(REPOSITORY / name / "i18n" / "fr.po"))
    return {entry.msgid: entry.msgstr for entry in catalogue if not entry.obsolete and not entry.fuzzy}


def places(catalogue: polib.POFile) -> set[tuple[str, str]]:
    """Each word with each place where it stands; words in code are found wherever they stand."""
    return {
        (entry.msgid, place.split(":")[0] if place.startswith("code:") else place)
        for entry in catalogue
        for place, _line in entry.occurrences
    }


@pytest.mark.parametrize("name", ADDONS)
def test_nothing_is_left_in_english(exported, name):
    translated = french(name)
    assert [entry.msgid for entry in exported[name] if not translated.get(entry.msgid)] == []


@pytest.mark.parametrize("file", ["fr.po", "{}.pot"])
@pytest.mark.parametrize("name", ADDONS)
def test_catalogue_is_up_to_date(exported, name, file):
    """Odoo translates a word in the places that the catalogue names: a new place needs a new export."""
    kept, found = places(polib.pofile(str(REPOSITORY / name / "i18n" / file.format(name)))), places(exported[name])
    assert (sorted(found - kept), sorted(kept - found)) == ([], [])


@pytest.mark.parametrize("name", ADDONS)
def test_placeholders_are_kept(name):
    wrong = [
        english
        for english, translated in french(name).items()
        if translated and sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(translated))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ADDONS)
def test_french_typography(name):
    assert [translated for translated in french(name).values() if BREAKABLE.search(translated)] == []
