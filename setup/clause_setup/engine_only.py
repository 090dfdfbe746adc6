"""A pytest plugin for ./setup/test --fast: the engines without Odoo.

Importing an addon's package imports its models, and so Odoo. Empty packages that
point to the same folders take its place here; the engines below them are real.
"""

import sys
from pathlib import Path
from types import ModuleType

import _pytest.pathlib

from .paths import ADDONS, REPOSITORY

FOLDERS = tuple(REPOSITORY / addon for addon in ADDONS)
PACKAGES = {
    "odoo": REPOSITORY / "no such folder",
    "odoo.addons": REPOSITORY,
    **{f"odoo.addons.{folder.name}": folder for folder in FOLDERS},
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
        is_addon = any(folder in path.parents for folder in FOLDERS)
        return root, f"odoo.addons.{name}" if is_addon else name

    _pytest.pathlib.resolve_pkg_root_and_module_name = resolve
