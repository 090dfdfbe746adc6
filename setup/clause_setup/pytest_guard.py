"""A pytest plugin: a run is green only if everything ran and the log was clean.

A skipped browser tour looks like a success, and so does a run without a test;
neither is one here.
"""

import logging
import os

import pytest

from .log_check import is_noise

SERVER = ("odoo", "py.warnings", "werkzeug")


class LogKeeper(logging.Handler):
    """Keeps what the server warns of, with the test during which it did."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.name.startswith(SERVER) and not is_noise(record.name, message):
            test = os.environ.get("PYTEST_CURRENT_TEST", "outside of a test")
            self.kept.append(f"{record.levelname} {record.name}: {message} [{test}]")


class Guard:
    """Counts what ran and what was skipped; decides at the end of the session."""

    def __init__(self) -> None:
        self.log = LogKeeper()
        self.ran = 0
        self.skipped: list[str] = []

    def pytest_sessionstart(self) -> None:
        logging.getLogger().addHandler(self.log)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.ran += report.when == "call" and not report.skipped
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.skipped.append(report.nodeid)

    def complaints(self) -> list[str]:
        found = [f"skipped: {name}" for name in self.skipped]
        found += [f"in the log: {entry}" for entry in self.log.kept]
        return found if self.ran else ["no test ran", *found]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Only a run that looks green needs a second look."""
        if session.config.option.collectonly or session.exitstatus != pytest.ExitCode.OK:
            return
        if self.complaints():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter) -> None:
        if terminalreporter.config.option.collectonly:
            return
        if complaints := self.complaints():
            terminalreporter.section("not accepted", red=True)
            for complaint in complaints:
                terminalreporter.line(complaint)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Guard(), "clause_insertion_guard")
