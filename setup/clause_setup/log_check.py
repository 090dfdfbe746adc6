"""A server log must hold no WARNING or ERROR, but for a few that are not ours."""

import re
from collections.abc import Iterable
from typing import NamedTuple


class Noise(NamedTuple):
    """A message that is accepted; each says why."""

    logger: str
    message: str  # a regular expression for the whole message
    reason: str


NOISE = (
    Noise(
        "odoo.addons.iap.tools.iap_tools",
        r"(?s)iap jsonrpc .*",
        "core's partner_autocomplete asks a server on the Internet about new partners",
    ),
    Noise(
        "py.warnings",
        r"(?s).*<string>:\d+: \(ERROR/3\) Unexpected indentation\..*",
        "docutils about the README of one of core's addons",
    ),
)

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) \S+ (?P<logger>[^:\s]+): (?P<message>.*)"
)
BAD = {"WARNING", "ERROR", "CRITICAL"}


def is_noise(logger: str, message: str) -> bool:
    """
    >>> is_noise("odoo.addons.iap.tools.iap_tools", "iap jsonrpc http://x failed")
    True
    >>> is_noise("odoo.modules.loading", "iap jsonrpc http://x failed")
    False
    """
    return any(logger == noise.logger and re.fullmatch(noise.message, message.strip()) for noise in NOISE)


def entries(lines: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    """Level, logger and message; lines that go on a message are joined to it."""
    current: tuple[str, str, str] | None = None
    for line in lines:
        if found := LINE.match(line):
            if current:
                yield current
            current = (found["level"], found["logger"], found["message"])
        elif current:
            current = (*current[:2], f"{current[2]}\n{line.rstrip()}")
    if current:
        yield current


def unexpected(lines: Iterable[str]) -> list[str]:
    """The entries of a log that nobody has accepted, as readable text."""
    return [
        f"{level} {logger}: {message}"
        for level, logger, message in entries(lines)
        if level in BAD and not is_noise(logger, message)
    ]
