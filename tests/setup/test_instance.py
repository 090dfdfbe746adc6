"""One Odoo at a time; a busy port and a bad cache folder are said at once."""

import json
import signal
import socket
import subprocess
import sys

import pytest
from clause_setup import cluster, instance, kept_database, locks
from clause_setup.terminal import SetupError


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """Not the cache in use: a real Odoo may be running from it."""
    monkeypatch.setattr(locks, "CACHE", tmp_path)
    monkeypatch.setattr(instance, "STATE", tmp_path / "run.json")
    return tmp_path


def test_a_second_start_says_where_the_first_one_runs(own_cache):
    with instance.alone():
        instance.remember(1, "http://127.0.0.1:8070")
        with pytest.raises(SetupError, match=r"already runs on http://127.0.0.1:8070"), instance.alone():
            pass


def test_nothing_is_left_after_the_end(own_cache):
    with pytest.raises(ZeroDivisionError), instance.alone():
        raise ZeroDivisionError
    assert not instance.STATE.exists()
    with instance.alone():
        pass


def test_stop_without_anything_running(own_cache):
    assert instance.stop() is False


def test_stop_ends_an_odoo_whose_command_was_killed(own_cache):
    """The lock is held by the remaining process, and its number is on record."""
    with instance.alone() as lock:
        sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], pass_fds=[lock])
    instance.STATE.write_text(json.dumps({"pids": [2**22 - 1, sleeper.pid]}))
    assert instance.stop() is True
    assert sleeper.wait() == -signal.SIGTERM


def test_a_busy_port_is_refused_by_its_number():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=f"Port {port} .*cannot be used"):
            instance.check_port(port)
    instance.check_port(port)


def test_a_long_cache_folder_gets_a_short_socket(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CACHE", tmp_path / ("x" * 100))
    assert len(str(cluster.DATA.socket / ".s.PGSQL.5432.lock")) <= cluster.LONGEST_SOCKET


def test_a_folder_that_postgres_cannot_enter_is_named(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(SetupError, match="CLAUSE_INSERTION_CACHE"):
        cluster.DATA._check_reachable(closed / "data")


def test_only_the_cluster_of_the_tests_may_lose_data():
    assert "fsync" not in cluster.DATA._settings()
    assert "fsync = off" in cluster.TESTS._settings()


def test_a_cluster_is_given_by_the_usual_variables():
    assert cluster.given({"PGHOST": "db"}) and cluster.given({"PGSERVICE": "region"})
    assert not cluster.given({"HOME": "/root"})


def test_logins_are_shown_for_the_port_of_this_start(tmp_path, monkeypatch):
    file = tmp_path / "logins.json"
    file.write_text(
        json.dumps([{"role": "Buyer", "login": "ana", "password": "x", "url": "http://127.0.0.1:8069/odoo/purchase"}])
    )
    monkeypatch.setattr(kept_database, "LOGINS", file)
    assert "http://127.0.0.1:8070/odoo/purchase" in kept_database.login_table("http://127.0.0.1:8070")
