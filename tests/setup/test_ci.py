""".ci/run reports tests and style, and closes with pytest's own line."""

import shutil
import subprocess

import pytest
from clause_setup.paths import REPOSITORY

GREEN = "======= 12 passed, 1 warning in 3.21s ======="
LONG = "======= 1 failed, 11 passed in 83.21s (0:01:23) ======="


@pytest.fixture
def ci(tmp_path):
    """Run a copy of .ci/run whose two commands are played."""

    def run(tests: tuple[str, int], lint: tuple[str, int]) -> tuple[int, list[str]]:
        for folder in (".ci", "setup"):
            (tmp_path / folder).mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / ".ci" / "run", tmp_path / ".ci" / "run")
        for name, (said, code) in {"test": tests, "lint": lint}.items():
            program = tmp_path / "setup" / name
            program.write_text(f"#!/bin/sh\necho '{said}'\nexit {code}\n")
            program.chmod(0o755)
        done = subprocess.run(["bash", tmp_path / ".ci" / "run"], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()

    return run


def test_all_green(ci):
    code, lines = ci((GREEN, 0), ("style is fine", 0))
    assert (code, lines[-1]) == (0, GREEN)
    assert "style is fine" in lines


def test_red_tests(ci):
    code, lines = ci((LONG, 1), ("style is fine", 0))
    assert (code, lines[-1]) == (1, LONG)


def test_red_style(ci):
    code, lines = ci((GREEN, 0), ("line too long", 1))
    assert (code, lines[-1]) == (1, GREEN)
    assert "The style was not accepted." in lines


def test_tests_that_did_not_even_start(ci):
    code, lines = ci(("PostgreSQL failed", 1), ("style is fine", 0))
    assert code == 1
    assert lines[-1] == "No test ran: see above."
