"""The virtual environments: Odoo's, the engine's and the lint's."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from .odoo_source import OdooSource
from .paths import CACHE, LOGS
from .pins import CONSTRAINTS, key, pins, requirements
from .system import install
from .terminal import SetupError, run, step

READY = "ready"  # written last: a venv without it was interrupted


def odoo_venv(source: OdooSource, more: tuple[str, ...] = ()) -> Path:
    """An interpreter that imports Odoo, the addons' needs, the test tools and ``more`` groups of pins.toml."""
    base = source.python or own_python()
    groups = (*(() if source.python else ("odoo",)), "addons", "test", *more)
    wanted = requirements(*groups)
    files = requirements("files")
    folder = CACHE / f"venv-{key(str(base), source, wanted, files, CONSTRAINTS.read_text())}"
    if not (folder / READY).exists():
        with step(f"Python packages for Odoo ({len(wanted)})"):
            create(folder, base)
            see_odoo(folder, source)
            pip_install(folder, wanted, constrained=source.python is None)
            pip_install(folder, ["--no-deps", *files], constrained=False)
            (folder / READY).touch()
    return folder / "bin" / "python"


def tool_venv(group: str) -> Path:
    """A venv of one group of pins.toml, without Odoo."""
    wanted = requirements(group)
    folder = CACHE / f"venv-{group}-{key(sys.version, wanted)}"
    if not (folder / READY).exists():
        with step(f"Python packages: {', '.join(wanted)}"):
            create(folder, Path(sys.executable))
            pip_install(folder, wanted, constrained=False)
            (folder / READY).touch()
    return folder / "bin" / "python"


def own_python() -> Path:
    """A Python of the version for which the packages are pinned."""
    wanted = pins()["python"]["version"]
    if sysconfig.get_python_version() == wanted:
        return Path(sys.executable)
    if found := shutil.which(f"python{wanted}"):
        return Path(found)
    raise SetupError(
        f"Python {wanted} is needed and was not found (this is "
        f"{sysconfig.get_python_version()}). Debian 12 has it; with another Python, give "
        "an Odoo that already runs on it: ODOO_PYTHON=/its/interpreter."
    )


def create(folder: Path, base: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    check = subprocess.run([base, "-c", "import ensurepip, venv"], check=False, capture_output=True)
    if check.returncode:  # Debian keeps this module apart
        install(("python3-venv",))
    run([base, "-m", "venv", folder])


def site_packages(folder: Path) -> Path:
    return next(folder.glob("lib/python3*/site-packages"))


def see_odoo(folder: Path, source: OdooSource) -> None:
    """Let the venv import Odoo, and pip believe that it is installed.

    The addons of other projects are installed with pip and depend on a
    distribution called odoo; without this note pip would look for it in vain.
    """
    site = site_packages(folder)
    extended = [f"import site; site.addsitedir({path!r})" for path in source.packages]
    (site / "clause_insertion_odoo.pth").write_text("\n".join([*extended, str(source.folder), ""]))
    note = site / f"odoo-{pins()['odoo']['series']}.dist-info"
    note.mkdir()
    version = pins()["odoo"]["series"]
    (note / "METADATA").write_text(f"Metadata-Version: 2.1\nName: odoo\nVersion: {version}\n")
    (note / "INSTALLER").write_text("clause_insertion\n")
    (note / "RECORD").write_text("".join(f"{note.name}/{name},,\n" for name in NOTE_FILES))


NOTE_FILES = ("METADATA", "INSTALLER", "RECORD")


def pip_install(folder: Path, wanted: list[str], constrained: bool) -> None:
    """``constrained`` also fixes the packages that the wanted ones bring along."""
    options = ["-q", "--disable-pip-version-check", "--no-input", "--prefer-binary"]
    limits = ["--constraint", CONSTRAINTS] if constrained else []
    command = [folder / "bin" / "python", "-m", "pip", "install", *options, *limits, *wanted]
    run(command, log=LOGS / f"pip-{folder.name}.log")


def program_path(python: Path) -> str:
    """PATH with the venv's programs first, and a wkhtmltopdf that prints headers."""
    links = python.parent.parent / "links"
    packaged = python.parent / "wkhtmltopdf-pack"
    if packaged.exists() and not patched_wkhtmltopdf():
        links.mkdir(exist_ok=True)
        link = links / "wkhtmltopdf"
        if not link.is_symlink():
            link.symlink_to(packaged)
    return os.pathsep.join([str(links), str(python.parent), os.environ["PATH"]])


def patched_wkhtmltopdf() -> bool:
    """True when the machine has the build that Odoo recommends."""
    if not shutil.which("wkhtmltopdf"):
        return False
    version = run(["wkhtmltopdf", "--version"], check=False).stdout
    return "with patched qt" in version
