"""./setup/lint [--fix]: ruff, pylint-odoo and the checks of oca-odoo-pre-commit-hooks"""

import os
import subprocess
from pathlib import Path

from ..paths import ADDONS, REPOSITORY
from ..terminal import say
from ..venv import tool_venv

Check = tuple[str, ...]
# It empties the words that are the same in French: nothing would tell them from forgotten ones.
PO = ("oca-checks-po", "--disable=po-pretty-format")


def main(arguments: list[str]) -> int:
    programs = tool_venv("lint").parent
    if "--fix" in arguments:
        for command in repairs():
            passes(programs, command)
    failed = [command for command in checks() if not passes(programs, command)]
    for command in failed:
        say(f"Not accepted: {' '.join(command[:2])}")
    if not failed:
        say("Lint: nothing to complain about.")
    return int(bool(failed))


def checks() -> list[Check]:
    found = [("ruff", "check", "."), ("ruff", "format", "--check", ".")]
    found.append(("pylint", "--rcfile=.pylintrc", *ADDONS))
    found.append(("oca-checks-odoo-module", *ADDONS))
    return [*found, (*PO, *translations())]


def repairs() -> list[Check]:
    """What the tools can put right by themselves."""
    found = [("ruff", "check", "--fix", "-q", "."), ("ruff", "format", "-q", ".")]
    found.append(("oca-checks-odoo-module", "--fix", "--no-exit", *ADDONS))
    return [*found, (*PO, "--fix", "--no-exit", *translations())]


def translations() -> list[str]:
    files = [path for name in ADDONS for path in (REPOSITORY / name).glob("i18n/*.po*")]
    return sorted(str(path.relative_to(REPOSITORY)) for path in files)


def passes(programs: Path, command: Check) -> bool:
    """Run one check; its complaints go to the terminal as they are."""
    say(f"--> {' '.join(command[:3])}")
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    done = subprocess.run([programs / command[0], *command[1:]], cwd=REPOSITORY, env=environment, check=False)
    return done.returncode == 0
