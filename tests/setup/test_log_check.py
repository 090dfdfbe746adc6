"""A warning of the server fails the tests, unless it is known and not ours."""

import re

from clause_setup.log_check import NOISE, is_noise, unexpected

PREFIX = "2026-01-01 10:00:00,123 42"
KNOWN = "odoo.addons.iap.tools.iap_tools: iap jsonrpc https://example.org failed"


def test_warnings_and_errors_are_found():
    fine = f"{PREFIX} INFO db odoo.modules.loading: fine"
    warning = f"{PREFIX} WARNING db odoo.addons.base.models.ir_model: no access rules for x"
    error = f"{PREFIX} ERROR ? odoo.sql_db: bad query\nTraceback (most recent call last):\nValueError: x"
    found = unexpected(f"{fine}\n{warning}\n{fine}\n{error}\n{fine}\n")
    assert warning in found and error in found and fine not in found


def test_a_clean_log_and_an_empty_one_pass():
    assert unexpected(f"{PREFIX} INFO db odoo.modules.loading: fine\n") == unexpected("") == ""


def test_known_noise_passes():
    assert unexpected(f"{PREFIX} ERROR db {KNOWN}\nTraceback (most recent call last):\n") == ""
    docutils = "/usr/x.py:7: UserWarning: README\n<string>:12: (ERROR/3) Unexpected indentation.\n"
    assert unexpected(f"{PREFIX} WARNING db py.warnings: {docutils}") == ""
    assert is_noise("py.warnings", docutils)


def test_noise_is_known_by_its_logger_and_the_beginning_of_its_message():
    assert not is_noise("odoo.http", "iap jsonrpc https://example.org failed")
    assert not is_noise("odoo.addons.iap.tools.iap_tools", "something else, then iap jsonrpc x")
    assert unexpected(f"{PREFIX} ERROR db odoo.http: said\n{PREFIX[:20]}: {KNOWN}\n")
    assert unexpected(f"{PREFIX} ERROR db odoo.http: {PREFIX} ERROR db {KNOWN}\n")


def test_a_check_that_cannot_run_is_not_taken_for_a_clean_log():
    assert unexpected("", {"PYTHONHOME": "/nowhere"})


def test_each_noise_is_exact_and_says_why():
    for noise, reason in NOISE.items():
        assert len(reason) > 20
        assert not re.match(noise, "odoo.any.logger: any other message")
