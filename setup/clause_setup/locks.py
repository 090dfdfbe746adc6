"""Locks that end with the process that holds them, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .paths import CACHE


def open_lock(name: str) -> IO[str]:
    folder = CACHE / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    return open(folder / name, "a+")


def try_lock(handle: IO[str]) -> bool:
    """Take the lock for this process alone; False when another one has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Wait for our turn: two commands must not build the same thing at once."""
    with open_lock(name) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def shared(name: str) -> Iterator[IO[str]]:
    with open_lock(name) as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield handle


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() if os.path.isdir("/proc/self") else True
