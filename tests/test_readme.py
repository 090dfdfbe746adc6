"""Each addon's README.rst is made of its fragments in readme/, in the order of the Odoo Community Association."""

from pathlib import Path

import pytest
from clause_setup.paths import ADDONS, REPOSITORY
from test_conformity import manifest

SECTIONS = {
    "DESCRIPTION": None,
    "CONTEXT": "Use Cases / Context",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "CONTRIBUTORS": "Credits",
}


def heading(title: str, mark: str = "=") -> str:
    return f"{title}\n{mark * len(title)}\n"


def assembled(addon: Path) -> str:
    name = manifest(addon)["name"]
    line = "=" * len(name)
    parts = [f"{line}\n{name}\n{line}\n"]
    for fragment, title in SECTIONS.items():
        path = addon / "readme" / f"{fragment}.rst"
        if path.exists():
            parts += [heading(title)] if title else []
            parts.append(path.read_text())
        if not title:
            parts.append("**Table of contents**\n\n.. contents::\n   :local:\n")
    return "\n".join([*parts, "Licence: AGPL-3 or later.\n"])


@pytest.mark.parametrize("name", ADDONS)
def test_readme_is_made_of_its_fragments(name):
    addon = REPOSITORY / name
    assert (addon / "README.rst").read_text() == assembled(addon)


@pytest.mark.parametrize("folder", (".", *ADDONS))
def test_licence_is_there_whole(folder):
    text = (REPOSITORY / folder / "LICENSE").read_text()
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text and "END OF TERMS AND CONDITIONS" in text
