"""A pytest plugin for ./setup/test --fast: the engine without Odoo.

Importing an addon's package imports its models, and so Odoo. Empty packages that
point to the same folders take its place here; the engine below them is real.
"""

import sys
from types import ModuleType

from .paths import REPOSITORY

ADDON = REPOSITORY / "clause_insertion"
PACKAGES = {
    "odoo": REPOSITORY / "no such folder",
    "odoo.addons": REPOSITORY,
    "odoo.addons.clause_insertion": ADDON,
    "clause_insertion": ADDON,
}


def pytest_configure() -> None:
    for name, folder in PACKAGES.items():
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        package.__file__ = str(folder / "__init__.py")
        sys.modules[name] = package
