"""Many people press at once: each is answered, and nobody waits for somebody else's record."""

import json
import os
import sys
from pathlib import Path

import pytest
from clause_setup.databases import Databases
from clause_setup.terminal import run

DATABASE = f"scratch_{os.getpid()}_race"
SCRIPT = Path(__file__).with_name("data") / "race.py"


@pytest.fixture(scope="module")
def answers():
    databases = Databases({})
    databases.copy(os.environ["CLAUSE_INSERTION_TEMPLATE"], DATABASE)
    shell = [sys.executable, "-m", "odoo", "shell", "-d", DATABASE, "--no-http", "--shell-interface=python"]
    try:
        done = run(shell, cwd="/", stdin=SCRIPT.read_text())
    finally:
        databases.drop(DATABASE)
    told = [line for line in done.stdout.splitlines() if line.startswith("ANSWERS ")]
    assert told, done.stdout + done.stderr
    return json.loads(told[0].removeprefix("ANSWERS "))


@pytest.mark.parametrize("act", ["different months submitted", "different months validated"])
def test_months_of_one_contractor_at_once(answers, act):
    """No row that they share is written: not even a second try is needed."""
    assert answers[act] == ["ok"] * 12


def test_double_click(answers):
    """The second press waits for the first, and finds what it has made: it is not an error, nor done twice."""
    assert {act: set(told) for act, told in answers["double click"].items()} == {
        act: {"ok"}
        for act in (
            "action_submit",
            "action_validate",
            "action_propose",
            "action_hire",
            "action_strike_balance",
            "action_certify",
        )
    }
    told, candidates, hires, certificates = answers["made"]
    assert (told, candidates, hires, certificates) == (2, 1, 2, 1)
