"""The versions of pins.toml, and keys made of them for the parts of the cache."""

import hashlib
import json
import tomllib
from functools import cache
from typing import Any

from .paths import SETUP

CONSTRAINTS = SETUP / "constraints.txt"


@cache
def pins() -> dict[str, Any]:
    return tomllib.loads((SETUP / "pins.toml").read_text())


def requirements(*groups: str) -> list[str]:
    """The given groups of [python] as pip's requirements, without repetition."""
    wanted = {f"{name}=={version}" for group in groups for name, version in pins()["python"][group].items()}
    return sorted(wanted, key=str.lower)


def key(*parts: object) -> str:
    """A short name that changes as soon as one of the parts does.

    >>> key("a", 1) == key("a", 1), key("a", 1) == key("a", 2)
    (True, False)
    """
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:10]
