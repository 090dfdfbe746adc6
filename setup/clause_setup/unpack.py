"""Debian's Odoo, unpacked into a folder of its own."""

import shutil
import subprocess
from pathlib import Path

from . import debian
from .paths import CACHE
from .pins import key, pins
from .terminal import SetupError, run, step

PYTHON_FOLDER = "usr/lib/python3/dist-packages"
# Three folders that the package ships beside odoo by mistake (Odoo would add the
# first to its path), its metadata (pip would compile psycopg2 because of it), and
# the translations to other languages than French: two thirds of the volume.
LEFT_OUT = (
    f"./{PYTHON_FOLDER}/addons",
    f"./{PYTHON_FOLDER}/setup",
    f"./{PYTHON_FOLDER}/doc",
    f"./{PYTHON_FOLDER}/*.egg-info",
    "*/i18n/[!f]*.po",
    "*/i18n/f[!r]*.po",
)
# Missing from the package; without it every page of the back office logs an error.
STUB = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def debian_odoo(given: Path | None) -> Path:
    """The folder holding ``odoo``; ``given`` is the user's own package file."""
    identity = [pins()["companions"], LEFT_OUT]
    identity.append(debian.sha256(given) if given else pins()["odoo"])
    root = CACHE / f"odoo-{key(*identity)}"
    if not root.exists():
        with step("Odoo 19 Community, downloaded and unpacked (about 130 MB, 350 MB unpacked)"):
            _build(root, given)
    return root / PYTHON_FOLDER


def _build(root: Path, given: Path | None) -> None:
    """Unpack beside the final name, so that an interruption leaves no half Odoo."""
    partial = root.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for package in packages(given):
        unpack(package, partial)
    stub = partial / PYTHON_FOLDER / STUB
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text("// Not part of Debian's package: blurs the background of a video call.\n")
    partial.rename(root)


def packages(given: Path | None) -> list[Path]:
    fetched = debian.fetch_all(with_odoo=given is None)
    return [given, *fetched] if given else fetched


def unpack(package: Path, root: Path) -> None:
    excludes = [f"--exclude={pattern}" for pattern in LEFT_OUT]
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE) as reader:
        run_tar = ["tar", "-x", "--no-same-owner", "-C", str(root), *excludes]
        tar = subprocess.run(run_tar, stdin=reader.stdout, check=False)
    if reader.returncode or tar.returncode:
        raise SetupError(f"{package} could not be unpacked")


def package_version(path: Path) -> str:
    if not path.is_file():
        raise SetupError(f"ODOO_DEB: there is no file {path}")
    return run(["dpkg-deb", "--field", path, "Version"]).stdout.strip()
