"""Fetching Debian packages without installing them.

Odoo 19 is in sid only. Installing it from there would replace the machine's libc
and Python; so apt is given a private list of sources, used to download alone.
"""

import hashlib
import subprocess
from pathlib import Path

from .paths import CACHE
from .pins import pins
from .system import QUIET, as_root
from .terminal import SetupError, run, say

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
TARGETS = "$(CREATED_BY)|$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)"
APT = CACHE / "apt"
PACKAGES = CACHE / "packages"


def mirror() -> str:
    """The address of the Debian archive that this machine already uses."""
    listed = run(["apt-get", "indextargets", "--format", TARGETS]).stdout
    for line in listed.splitlines():
        created_by, origin, label, component, uri = line.split("|", 4)
        if (created_by, origin, label, component) == ("Packages", "Debian", "Debian", "main"):
            return uri
    raise SetupError(
        "apt has no Debian archive among its sources. Give an Odoo 19 of your own "
        "with ODOO_PATH, ODOO_PYTHON or ODOO_DEB (see setup/README.md)."
    )


def sid_options() -> list[str]:
    """apt's options for the private source; its signature is verified as usual."""
    for folder in ("lists/partial", "cache/archives/partial"):
        (APT / folder).mkdir(parents=True, exist_ok=True)
    source = APT / "sid.sources"
    source.write_text(f"Types: deb\nURIs: {mirror()}\nSuites: sid\nComponents: main\nSigned-By: {KEYRING}\n")
    settings = {
        "Dir::Etc::sourcelist": source,
        "Dir::Etc::sourceparts": "-",
        "Dir::State::Lists": APT / "lists",
        "Dir::Cache": APT / "cache",
        "APT::Sandbox::User": "root",
        # A mirror that is weeks behind will do: the version and its hash are pinned.
        "Acquire::Check-Valid-Until": "false",
    }
    return [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]


def fetch_all(with_odoo: bool = True) -> list[Path]:
    """Download Odoo and its companions; return the files."""
    PACKAGES.mkdir(parents=True, exist_ok=True)
    run(as_root(["apt-get", "update", "-q"]), env=QUIET)
    sid = sid_options()
    run(["apt-get", *sid, "update", "-q"])
    files = [fetch_odoo(sid)] if with_odoo else []
    for suite, options in (("bookworm", ["-o", "APT::Sandbox::User=root"]), ("sid", sid)):
        for package, version in pins()["companions"][suite].items():
            files.append(fetch_companion(package, version, options))
    return files


def fetch_odoo(options: list[str]) -> Path:
    """The pinned Odoo: this version with this hash, or nothing."""
    wanted = pins()["odoo"]
    if not (path := download(wanted["package"], wanted["version"], options)):
        raise SetupError(_odoo_gone(options))
    if (found := sha256(path)) != wanted["sha256"]:
        path.unlink()
        raise SetupError(
            f"{path.name} has the SHA-256 {found}, but setup/pins.toml expects "
            f"{wanted['sha256']}. The file was removed."
        )
    return path


def fetch_companion(package: str, version: str, options: list[str]) -> Path:
    if path := download(package, version, options):
        return path
    say(f"    {package} {version} is no longer offered; taking the current one")
    if path := download(package, None, options):
        return path
    raise SetupError(f"Debian does not offer {package} any more; Odoo's pages need it.")


def download(package: str, version: str | None, options: list[str]) -> Path | None:
    """The downloaded file, or None when that version is not offered."""
    if version and (path := _downloaded(package, version)):
        return path
    before = set(PACKAGES.glob(f"{package}_*.deb"))
    target = f"{package}={version}" if version else package
    run(["apt-get", *options, "download", "-q", target], cwd=PACKAGES, check=False)
    new = set(PACKAGES.glob(f"{package}_*.deb")) - before
    return new.pop() if new else None


def _downloaded(package: str, version: str) -> Path | None:
    """A file of an earlier start; apt has verified it then, and writes it whole."""
    name = f"{package}_{version.replace(':', '%3a')}_all.deb"
    path = PACKAGES / name
    return path if path.exists() else None


def _odoo_gone(options: list[str]) -> str:
    package, version = pins()["odoo"]["package"], pins()["odoo"]["version"]
    shown = subprocess.run(
        ["apt-cache", *options, "madison", package], capture_output=True, text=True, check=False
    ).stdout
    there = sorted({line.split("|")[1].strip() for line in shown.splitlines() if "|" in line})
    offered = f"Debian now has {', '.join(there)}" if there else "Debian no longer has any"
    return (
        f"{package} {version} can no longer be downloaded; {offered}.\n"
        "Give an Odoo 19.0 of your own: ODOO_PATH=/a/git/checkout, "
        "ODOO_PYTHON=/an/interpreter/that/imports/odoo, or ODOO_DEB=/a/package.deb"
    )


def sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
