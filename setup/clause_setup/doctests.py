"""A pytest plugin: the examples in the docstrings of these folders are tests.

(--doctest-modules would import every module of the addons, migrations included.)
"""

from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule

from .paths import REPOSITORY, SETUP

FOLDERS = (
    *sorted(REPOSITORY.glob("*/engine")),
    SETUP / "clause_setup",
)
# Modules that only Odoo's interpreter or pytest can load.
EXCEPT = {"inside"}


def has_doctests(path: Path) -> bool:
    return (
        path.suffix == ".py"
        and any(folder in path.parents for folder in FOLDERS)
        and not EXCEPT.intersection(path.parts)
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if has_doctests(file_path):
        return DoctestModule.from_parent(parent, path=file_path)
    return None
