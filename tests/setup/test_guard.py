"""./setup/test is green only when something ran, nothing was skipped and the log is clean."""

import os
import subprocess
import sys

import pytest
from clause_setup.paths import SETUP

PASSES = "def test_it():\n    pass\n"
SKIPS = "import pytest\n@pytest.mark.skip(reason='no browser')\ndef test_tour():\n    pass\n"
SKIPS_INSIDE = "import unittest\nclass T(unittest.TestCase):\n    def test_tour(self):\n        self.skipTest('x')\n"
LOGS = "import logging\ndef test_it():\n    logging.getLogger('{}').warning('{}')\n"
EXPECTS = (
    "import logging, unittest\nclass T(unittest.TestCase):\n    def test_it(self):\n"
    "        with self.assertLogs('odoo.x', 'WARNING'):\n            logging.getLogger('odoo.x').warning('y')\n"
)


@pytest.fixture
def guarded(tmp_path):
    """Run pytest, with the guard alone, on a file with the given tests."""

    def run(code: str, *arguments: str) -> tuple[int, str]:
        (tmp_path / "test_it.py").write_text(code)
        command = [sys.executable, "-m", "pytest", "-p", "no:odoo", "-p", "clause_setup.pytest_guard"]
        environment = {**os.environ, "PYTHONPATH": str(SETUP)}
        environment.pop("ODOO_RC", None)
        done = subprocess.run(
            [*command, "-p", "no:cacheprovider", *arguments, str(tmp_path)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    return run


def test_a_clean_run_is_green(guarded):
    assert guarded(PASSES)[0] == 0


@pytest.mark.parametrize("code", [PASSES + SKIPS, PASSES + SKIPS_INSIDE])
def test_a_skipped_test_is_not_accepted(guarded, code):
    status, output = guarded(code)
    assert status == 1
    assert "skipped: " in output and "test_tour" in output


def test_a_run_without_a_test_is_not_accepted(guarded):
    assert guarded(PASSES, "-k", "nothing of the kind")[0] != 0
    assert guarded("")[0] != 0


def test_a_warning_in_the_log_is_not_accepted_and_names_the_test(guarded):
    status, output = guarded(LOGS.format("odoo.addons.x", "watch out"))
    assert status == 1
    assert "in the log: WARNING odoo.addons.x: watch out [test_it.py::test_it (call)]" in output


def test_a_warning_that_the_test_expects_is_fine(guarded):
    assert guarded(EXPECTS)[0] == 0


def test_known_noise_is_fine(guarded):
    assert guarded(LOGS.format("odoo.addons.iap.tools.iap_tools", "iap jsonrpc x failed"))[0] == 0


def test_a_failure_stays_a_failure(guarded):
    assert guarded("def test_it():\n    assert False\n")[0] == 1
