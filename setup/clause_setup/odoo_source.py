"""Which Odoo is used: the user's own when one is given, else Debian's package."""

import ast
import json
import os
import re
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .pins import pins
from .terminal import SetupError, run, say
from .unpack import debian_odoo, package_version

# Printed by the interpreter that is to be examined.
PROBE = """
import json, sys
import odoo.release, odoo.cli
print("PROBE" + json.dumps({
    "version": list(odoo.release.version_info[:2]),
    "odoo": odoo.release.__file__,
    "python": sys.version.split()[0],
    "path": [p for p in sys.path if p.endswith("-packages")],
}))
"""


@dataclass(frozen=True)
class OdooSource:
    """An Odoo 19.0: either files for our own venv, or an interpreter to build on."""

    label: str
    folder: Path  # the folder that holds the package ``odoo``
    python: Path | None = None  # an interpreter that has Odoo's dependencies
    packages: tuple[str, ...] = ()  # that interpreter's folders of packages

    @property
    def addons_path(self) -> list[Path]:
        """A checkout has a second folder of addons beside the package.

        (A folder of that name beside an installed package is a packaging slip.)
        """
        inside = self.folder / "odoo" / "addons"
        checkout = (self.folder / "odoo-bin").exists()
        return [self.folder / "addons", inside] if checkout else [inside]


def choose(environ: Mapping[str, str] = os.environ) -> OdooSource:
    """The first that is given of ODOO_PATH, ODOO_PYTHON, ODOO_DEB, odoo on PATH."""
    if path := environ.get("ODOO_PATH"):
        return from_checkout(Path(path).absolute())
    if python := environ.get("ODOO_PYTHON"):
        return from_interpreter(Path(python), "ODOO_PYTHON")
    if package := environ.get("ODOO_DEB"):
        return from_package(Path(package).absolute())
    if program := shutil.which("odoo", path=environ.get("PATH")):
        return from_interpreter(interpreter_of(Path(program)), program)
    return OdooSource("Debian's package", debian_odoo(None))


def from_checkout(folder: Path) -> OdooSource:
    release = folder / "odoo" / "release.py"
    if not release.is_file():
        raise SetupError(
            f"ODOO_PATH={folder} is not an Odoo checkout: it has no odoo/release.py. "
            "Give the folder that holds odoo-bin, odoo/ and addons/."
        )
    refuse_other_series(version_in(release.read_text()), f"ODOO_PATH={folder}")
    return OdooSource(f"the checkout {folder}", folder)


def from_package(path: Path) -> OdooSource:
    version = package_version(path)
    numbers = re.findall(r"\d+", version)[:2]
    refuse_other_series(tuple(map(int, numbers)), f"ODOO_DEB={path}")
    return OdooSource(f"the package {path.name}", debian_odoo(path))


def from_interpreter(python: Path, given_by: str) -> OdooSource:
    if not (shutil.which(str(python))):
        raise SetupError(f"{given_by}: {python} is not a program that can be run")
    done = run([python, "-c", PROBE], cwd="/", check=False)
    found = re.search(r"^PROBE(.*)$", done.stdout, re.MULTILINE)
    if not found:
        reason = (done.stderr.strip().splitlines() or ["no output"])[-1]
        raise SetupError(f"{given_by}: {python} cannot import Odoo ({reason})")
    seen = json.loads(found[1])
    refuse_other_series(tuple(seen["version"]), f"{given_by} ({python})")
    folder = Path(seen["odoo"]).parent.parent
    return OdooSource(f"Odoo of {python}", folder, python, tuple(seen["path"]))


def interpreter_of(program: Path) -> Path:
    """The interpreter named by the first line of the ``odoo`` on the PATH."""
    first = program.open("rb").readline(200).decode(errors="replace")
    words = shlex.split(first[2:]) if first.startswith("#!") else []
    if words and Path(words[0]).name == "env":
        words = words[1:]
    if not words or "python" not in Path(words[0]).name:
        raise SetupError(f"{program} is on the PATH, but is not a Python program; set ODOO_PYTHON.")
    return Path(words[0])


def version_in(release: str) -> tuple[int, ...]:
    """Major and minor version from the text of odoo/release.py.

    >>> version_in("version_info = (19, 0, 0, FINAL, 0, '')")
    (19, 0)
    >>> version_in("version_info = ('saas~18', 3, 0, FINAL, 0, '')")
    (18, 3)
    """
    found = re.search(r"^version_info\s*=\s*\(([^,]+),\s*(\d+)", release, re.MULTILINE)
    if not found:
        return ()
    major = re.search(r"\d+", str(ast.literal_eval(found[1])))
    return (int(major[0]) if major else 0, int(found[2]))


def refuse_other_series(version: tuple[int, ...], given_by: str) -> None:
    wanted = pins()["odoo"]["series"]
    found = ".".join(map(str, version)) or "unknown"
    if found != wanted:
        raise SetupError(
            f"{given_by} is Odoo {found}; these addons are for Odoo {wanted} only.\n"
            f"Give an Odoo {wanted}, or none: it is then downloaded."
        )


def announce(source: OdooSource) -> OdooSource:
    say(f"--> Odoo: {source.label}")
    return source
