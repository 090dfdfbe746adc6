"""A warning of the server fails the tests, unless it is known and not ours."""

import re

from clause_setup.log_check import NOISE, is_noise, unexpected

PREFIX = "2026-01-01 10:00:00,123 42"


def test_warnings_and_errors_are_found():
    lines = [
        f"{PREFIX} INFO db odoo.modules.loading: fine",
        f"{PREFIX} WARNING db odoo.addons.base.models.ir_model: no access rules for x",
        f"{PREFIX} ERROR ? odoo.sql_db: bad query",
    ]
    assert [entry.split()[0] for entry in unexpected(lines)] == ["WARNING", "ERROR"]


def test_known_noise_passes():
    lines = [f"{PREFIX} ERROR db odoo.addons.iap.tools.iap_tools: iap jsonrpc https://example.org failed"]
    assert unexpected(lines) == []


def test_noise_is_known_by_its_logger_and_its_whole_message():
    assert not is_noise("odoo.http", "iap jsonrpc https://example.org failed")
    assert not is_noise("odoo.addons.iap.tools.iap_tools", "something else, then iap jsonrpc x")


def test_a_traceback_belongs_to_its_message():
    lines = [f"{PREFIX} ERROR db odoo.http: boom", "Traceback (most recent call last):", "ValueError: x"]
    assert unexpected(lines) == ["ERROR odoo.http: boom\nTraceback (most recent call last):\nValueError: x"]


def test_a_colon_in_a_message_is_not_taken_for_the_logger():
    lines = [f"{PREFIX} WARNING db odoo.x: a: b"]
    assert unexpected(lines) == ["WARNING odoo.x: a: b"]


def test_each_noise_is_exact_and_says_why():
    for noise in NOISE:
        assert re.compile(noise.message)
        assert noise.logger and len(noise.reason) > 20
        assert not re.fullmatch(noise.message, "any other message")
