"""A server log must hold no WARNING or ERROR, but for a few that are not ours."""

import re
from collections.abc import Mapping

from .terminal import run

# What is accepted, a regular expression for the beginning of "logger: message", and why.
NOISE = {
    r"odoo\.addons\.iap\.tools\.iap_tools: iap jsonrpc ": (
        "core's partner_autocomplete asks a server on the Internet about new partners"
    ),
    r"py\.warnings: [\s\S]*<string>:\d+: \(ERROR/3\) Unexpected indentation\.": (
        "docutils about the README of one of core's addons"
    ),
}
BEFORE_LOGGER = r"\A\S+ \S+ \d+ [A-Z]+ \S+ "  # time, process, level and database


def is_noise(logger: str, message: str) -> bool:
    """
    >>> is_noise("odoo.addons.iap.tools.iap_tools", "iap jsonrpc http://x failed")
    True
    >>> is_noise("odoo.modules.loading", "iap jsonrpc http://x failed")
    False
    """
    return any(re.match(noise, f"{logger}: {message}") for noise in NOISE)


def unexpected(log: str, environment: Mapping[str, str] | None = None) -> str:
    """What checklog-odoo, of Odoo's venv, says of a log; nothing when all is accepted."""
    ignored = [f"--ignore={BEFORE_LOGGER}{noise}" for noise in NOISE]
    command = ["checklog-odoo", "--no-echo", "--no-err-if-empty", *ignored]
    done = run(command, env=environment, cwd="/", stdin=log, check=False)
    return (done.stdout or done.stderr) if done.returncode else ""
