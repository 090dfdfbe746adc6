"""A pytest plugin for ./setup/test --fast: the engine without Odoo.

Importing an addon's package imports its models, and so Odoo. Empty packages that
point to the same folders take its place here; the engine below them is real.
"""

import sys
from pathlib import Path
from types import ModuleType

import _pytest.pathlib

from .paths import REPOSITORY

ADDON = REPOSITORY / "clause_insertion"
PACKAGES = {
    "odoo": REPOSITORY / "no such folder",
    "odoo.addons": REPOSITORY,
    "odoo.addons.clause_insertion": ADDON,
}


def pytest_configure() -> None:
    for name, folder in PACKAGES.items():
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        package.__file__ = str(folder / "__init__.py")
        sys.modules[name] = package
    give_full_names()


def give_full_names() -> None:
    """Modules are called odoo.addons.clause_insertion... here too, as examples show it."""
    original = _pytest.pathlib.resolve_pkg_root_and_module_name

    def resolve(path: Path, **options: bool) -> tuple[Path, str]:
        root, name = original(path, **options)
        return root, f"odoo.addons.{name}" if ADDON in path.parents else name

    _pytest.pathlib.resolve_pkg_root_and_module_name = resolve
