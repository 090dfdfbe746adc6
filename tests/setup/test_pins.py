"""Everything that is fetched has one exact version."""

import re

import pytest
from clause_setup.pins import CONSTRAINTS, key, pins, requirements

EXACT = re.compile(r"^\d[\w.]*(\+[\w.]+)?$")
PACKAGES = {group: names for group, names in pins()["python"].items() if isinstance(names, dict)}


@pytest.mark.parametrize("group", PACKAGES)
def test_python_packages_are_exact(group):
    assert {name: version for name, version in PACKAGES[group].items() if not EXACT.match(version)} == {}


def test_odoo_has_a_version_and_a_hash():
    odoo = pins()["odoo"]
    assert odoo["version"].startswith(odoo["series"] + ".")
    assert re.fullmatch(r"[0-9a-f]{64}", odoo["sha256"])


def test_brought_along_packages_are_exact_and_agree_with_the_pins():
    lines = [line for line in CONSTRAINTS.read_text().splitlines() if line and not line.startswith("#")]
    fixed = dict(line.lower().replace("_", "-").split("==") for line in lines)
    wanted = dict(line.lower().split("==") for line in requirements("odoo", "addons", "test"))
    assert {name: fixed.get(name) for name in wanted} == wanted


def test_same_package_has_the_same_version_everywhere():
    # The lint has an environment of its own, with other dependencies.
    groups = ("odoo", "addons", "test", "engine")
    names = [line.split("==")[0].lower() for line in requirements(*groups)]
    assert len(names) == len(set(names))


def test_key_depends_on_order_and_content():
    assert len({key("a", "b"), key("b", "a"), key("ab")}) == 3
