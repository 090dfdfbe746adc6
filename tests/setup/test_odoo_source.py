"""An Odoo of one's own is used when it is a 19.0, and refused clearly otherwise."""

import subprocess
import sys
from pathlib import Path

import pytest
from clause_setup.odoo_source import choose, from_interpreter, interpreter_of, version_in
from clause_setup.terminal import SetupError

RELEASE_19 = "FINAL = 'final'\nversion_info = (19, 0, 0, FINAL, 0, '')\n"
RELEASE_18 = "FINAL = 'final'\nversion_info = (18, 0, 0, FINAL, 0, '')\n"


def checkout(folder: Path, release: str) -> Path:
    """The few files by which an Odoo is recognised."""
    for part in ("addons", "odoo/addons", "odoo/cli"):
        (folder / part).mkdir(parents=True)
    (folder / "odoo-bin").touch()
    (folder / "odoo" / "release.py").write_text(release)
    (folder / "odoo" / "cli" / "__init__.py").touch()
    return folder


def interpreter(folder: Path, release: str) -> Path:
    """An interpreter that imports such an Odoo, and no other."""
    checkout(folder, release)
    python = folder / "python3"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{folder}" exec {sys._base_executable} "$@"\n')
    python.chmod(0o755)
    return python


def test_checkout_of_19_is_used_with_both_folders_of_addons(tmp_path):
    folder = checkout(tmp_path, RELEASE_19)
    source = choose({"ODOO_PATH": str(folder)})
    assert source.addons_path == [folder / "addons", folder / "odoo" / "addons"]


def test_checkout_of_18_is_refused_by_its_number(tmp_path):
    with pytest.raises(SetupError, match=r"Odoo 18\.0; these addons are for Odoo 19\.0 only"):
        choose({"ODOO_PATH": str(checkout(tmp_path, RELEASE_18))})


def test_folder_that_is_no_checkout_is_refused(tmp_path):
    with pytest.raises(SetupError, match="is not an Odoo checkout"):
        choose({"ODOO_PATH": str(tmp_path)})


def test_interpreter_with_19_is_used(tmp_path):
    python = interpreter(tmp_path, RELEASE_19)
    source = choose({"ODOO_PYTHON": str(python)})
    assert (source.python, source.folder) == (python, tmp_path)


def test_interpreter_with_18_is_refused(tmp_path):
    with pytest.raises(SetupError, match=r"is Odoo 18\.0"):
        choose({"ODOO_PYTHON": str(interpreter(tmp_path, RELEASE_18))})


def test_interpreter_without_odoo_is_refused():
    with pytest.raises(SetupError, match="cannot import Odoo"):
        from_interpreter(Path(sys._base_executable), "ODOO_PYTHON")


def test_interpreter_that_does_not_exist_is_refused():
    with pytest.raises(SetupError, match="not a program that can be run"):
        choose({"ODOO_PYTHON": "/nowhere/python3"})


def test_odoo_on_the_path_is_used_through_its_interpreter(tmp_path):
    python = interpreter(tmp_path, RELEASE_19)
    program = tmp_path / "bin" / "odoo"
    program.parent.mkdir()
    program.write_text(f"#!{python}\nimport odoo.cli\n")
    program.chmod(0o755)
    assert choose({"PATH": str(program.parent)}).python == python


def test_odoo_on_the_path_that_is_no_python_program_asks_for_the_interpreter(tmp_path):
    program = tmp_path / "odoo"
    program.write_text("#!/bin/sh\n")
    with pytest.raises(SetupError, match="set ODOO_PYTHON"):
        interpreter_of(program)


@pytest.mark.parametrize("first", ["#!/usr/bin/env python3", "#! /usr/bin/python3 -E"])
def test_interpreter_is_read_from_the_first_line(tmp_path, first):
    program = tmp_path / "odoo"
    program.write_text(first + "\n")
    assert interpreter_of(program).name == "python3"


def test_package_of_18_is_refused(tmp_path):
    control = tmp_path / "package" / "DEBIAN" / "control"
    control.parent.mkdir(parents=True)
    control.write_text(
        "Package: odoo\nVersion: 18.0.20250101\nArchitecture: all\nMaintainer: nobody <n@example.org>\nDescription: x\n"
    )
    built = tmp_path / "odoo.deb"
    subprocess.run(["dpkg-deb", "--build", tmp_path / "package", built], check=True, capture_output=True)
    with pytest.raises(SetupError, match=r"odoo\.deb is Odoo 18\.0"):
        choose({"ODOO_DEB": str(built)})


def test_package_that_does_not_exist_is_refused():
    with pytest.raises(SetupError, match="there is no file"):
        choose({"ODOO_DEB": "/nowhere/odoo.deb"})


def test_saas_versions_are_read():
    assert version_in("version_info = ('saas~19', 1, 0, FINAL, 0, '')") == (19, 1)
    assert version_in("nothing of the kind") == ()
