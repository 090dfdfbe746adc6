"""The one Odoo that ./setup/run keeps: is it running, who stops it."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .locks import open_lock, try_lock
from .paths import CACHE
from .terminal import SetupError

STATE = CACHE / "run.json"
LOCK = "run"
PATIENCE = 90  # seconds for Odoo and PostgreSQL to end


@contextmanager
def alone() -> Iterator[int]:
    """Be the only one that runs; yields the lock for Odoo to hold as well.

    The lock belongs to whoever has it open: it stays taken while Odoo lives,
    even if the command that started it was killed.
    """
    with open_lock(LOCK) as handle:
        if not try_lock(handle):
            raise SetupError(f"Odoo already runs{where()}. ./setup/run --stop stops it.")
        STATE.write_text(json.dumps({"pids": [os.getpid()]}))
        try:
            yield handle.fileno()
        finally:
            STATE.unlink(missing_ok=True)


def remember(odoo: int, url: str) -> None:
    STATE.write_text(json.dumps({"pids": [os.getpid(), odoo], "url": url}))


def recall() -> dict:
    return json.loads(STATE.read_text()) if STATE.exists() else {}


def where() -> str:
    url = recall().get("url")
    return f" on {url}" if url else ""


def stop() -> bool:
    """Ask the running one to end, and wait; False when there was none."""
    with open_lock(LOCK) as handle:
        if try_lock(handle):
            return False
        signal_first(recall().get("pids", []))
        deadline = time.monotonic() + PATIENCE
        while not try_lock(handle):
            if time.monotonic() > deadline:
                raise SetupError(f"It does not end; its processes are {recall().get('pids')}.")
            time.sleep(0.2)
    return True


def signal_first(pids: list[int]) -> None:
    """The command itself stops Odoo; Odoo is asked only if the command is gone."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGTERM)
            return
        except ProcessLookupError:
            continue


def check_port(port: int) -> None:
    """Refuse at once a port that another program has, rather than after minutes."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise SetupError(
                f"Port {port} of 127.0.0.1 cannot be used ({error.strerror}).\n"
                "Choose another one: ./setup/run --port 8070"
            ) from error


def answers(port: int) -> bool:
    """True when Odoo answers on that port of this machine."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(b"GET /web/health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return b" 200 " in connection.recv(64)
    except OSError:
        return False


def log_file() -> Path:
    return CACHE / "logs" / "odoo.log"
