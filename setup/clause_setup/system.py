"""Debian packages of the machine itself; installed only when something is missing."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .terminal import SetupError, run, step

QUIET = {"DEBIAN_FRONTEND": "noninteractive"}
# Libraries of the wkhtmltopdf binary, and a font with French accents.
PDF_PACKAGES = (
    "libxrender1",
    "libxext6",
    "libfontconfig1",
    "libfreetype6",
    "fonts-dejavu-core",
)


def as_root(command: list[str]) -> list[str]:
    if os.geteuid() == 0:
        return command
    if shutil.which("sudo"):
        return ["sudo", "--preserve-env=DEBIAN_FRONTEND", *command]
    raise SetupError("Packages are missing and there is neither root nor sudo here. As root, run: " + " ".join(command))


def missing(packages: tuple[str, ...]) -> list[str]:
    """Those of the packages that are not installed."""
    if not shutil.which("dpkg-query"):
        raise SetupError("This machine is not a Debian one; install these yourself: " + " ".join(packages))
    shown = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *packages],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    installed = set(re.findall(r"^(\S+) installed$", shown, re.MULTILINE))
    return [name for name in packages if name not in installed]


def install(packages: tuple[str, ...]) -> None:
    """Install what is missing, with the list of packages renewed first."""
    if not (wanted := missing(packages)):
        return
    with step(f"Debian packages: {' '.join(wanted)}"):
        run(as_root(["apt-get", "update", "-q"]), env=QUIET)
        apt_install(wanted)


def apt_install(packages: list[str]) -> None:
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    run(as_root(command), env=QUIET)


def postgresql_programs() -> Path:
    """The folder of initdb and pg_ctl; Debian keeps it off the PATH."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"),
        key=lambda path: int(path.parts[-3]),
    )
    if found:
        return found[-1].parent
    if on_path := shutil.which("pg_ctl"):
        return Path(on_path).resolve().parent
    return _install_postgresql()


def _install_postgresql() -> Path:
    """PostgreSQL without the system-wide cluster that Debian would start."""
    with step("PostgreSQL (programs only)"):
        run(as_root(["apt-get", "update", "-q"]), env=QUIET)
        apt_install(["postgresql-common"])
        configuration = "/etc/postgresql-common/createcluster.conf"
        no_cluster = r"s/^#?\s*create_main_cluster.*/create_main_cluster = false/"
        run(as_root(["sed", "-i", "-E", no_cluster, configuration]))
        apt_install(["postgresql"])
    return postgresql_programs()


def chromium() -> None:
    if not (shutil.which("chromium") or shutil.which("google-chrome")):
        install(("chromium",))
