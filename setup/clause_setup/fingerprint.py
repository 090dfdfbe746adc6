"""When is a prepared database out of date? When this fingerprint changes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from .paths import ADDONS, REPOSITORY

SUFFIXES = {".py", ".xml", ".csv", ".po", ".json", ".sql", ".xlsx", ".html"}
IGNORED = {"__pycache__", "readme"}


def counts(path: Path) -> bool:
    """True when the file, relative to its addon, decides what a database holds.

    Tests do not; files sent to the browser do, for the template holds bundles.

    >>> [counts(Path(name)) for name in ("models/a.py", "views/b.xml", "static/src/c.js")]
    [True, True, True]
    >>> [counts(Path(name)) for name in ("tests/test_a.py", "README.rst", "i18n/x.pot")]
    [False, False, False]
    """
    folder = path.parts[0]
    if IGNORED.intersection(path.parts) or folder == "tests":
        return False
    return folder == "static" or path.suffix in SUFFIXES


def fingerprint(addons: Iterable[Path] | None = None) -> str:
    """A short hash over names and contents of the files that count."""
    digest = hashlib.sha256()
    for addon in addons or [REPOSITORY / name for name in ADDONS]:
        for path in sorted(addon.rglob("*")):
            relative = path.relative_to(addon)
            if path.is_file() and counts(relative):
                digest.update(f"{addon.name}/{relative}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:10]
