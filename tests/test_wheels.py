"""A Region that installs with pip gets the same addons: both wheels build and load."""

import ast
import os
import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from clause_setup.databases import Databases
from clause_setup.log_check import unexpected
from clause_setup.paths import ADDONS, REPOSITORY
from clause_setup.terminal import run

DATABASE = f"scratch_{os.getpid()}_wheels"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]


@pytest.fixture(scope="module")
def wheels(tmp_path_factory) -> dict[str, Path]:
    """Built from copies, for a build must leave nothing in the repository."""
    folder = tmp_path_factory.mktemp("wheels")
    for name in ADDONS:
        source = folder / "source" / name
        shutil.copytree(REPOSITORY / name, source, ignore=shutil.ignore_patterns("__pycache__"))
        run([*PIP, "wheel", "--no-deps", "-w", folder / name, source])
    return {name: next((folder / name).glob("*.whl")) for name in ADDONS}


def requirements(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = message_from_bytes(archive.read(name)).get_all("Requires-Dist")
    return [line.replace("_", "-") for line in lines]


@pytest.mark.parametrize("name", ADDONS)
def test_wheel_holds_every_file_of_the_manifest(wheels, name):
    manifest = ast.literal_eval((REPOSITORY / name / "__manifest__.py").read_text())
    with zipfile.ZipFile(wheels[name]) as archive:
        inside = set(archive.namelist())
    wanted = {f"odoo/addons/{name}/{file}" for file in (*manifest["data"], "LICENSE", "README.rst")}
    assert sorted(wanted - inside) == []


def test_wheels_depend_on_odoo_19_and_on_each_other(wheels):
    first, second = (requirements(wheels[name]) for name in ADDONS)
    assert any(line.startswith("odoo") and "19.0" in line for line in first)
    for wanted in ("odoo-addon-clause-insertion", "odoo-addon-report-xlsx"):
        assert any(line.startswith(wanted) for line in second)


def test_addons_install_from_the_wheels_alone(wheels, tmp_path):
    run([*PIP, "install", "--no-deps", "--target", tmp_path / "site", *wheels.values()])
    configuration = tmp_path / "odoo.conf"
    lines = Path(os.environ["ODOO_RC"]).read_text().replace(f"{REPOSITORY},", "")
    configuration.write_text(lines)
    databases = Databases({})
    databases.copy(os.environ["CLAUSE_INSERTION_DEPENDENCIES"], DATABASE)
    try:
        log = install(configuration, tmp_path / "site")
    finally:
        databases.drop(DATABASE)
    assert unexpected(log) == ""
    assert f"Module {ADDONS[-1]} loaded" in log


def install(configuration: Path, site: Path) -> str:
    command = [sys.executable, "-m", "odoo", "-c", configuration, "-d", DATABASE, "-i", ADDONS[-1]]
    done = subprocess.run(
        [*command, "--stop-after-init", "--no-http"],
        env={**os.environ, "PYTHONPATH": str(site)},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
