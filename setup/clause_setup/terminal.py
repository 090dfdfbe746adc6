"""What is shown on the terminal, and how other programs are started."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


class SetupError(Exception):
    """Something the person at the terminal can act on; shown without a traceback."""


def say(message: str) -> None:
    print(message, flush=True)


@contextmanager
def step(message: str) -> Iterator[None]:
    """Announce a step that may last, and tell how long it took."""
    say(f"--> {message}")
    start = time.monotonic()
    yield
    lasted = time.monotonic() - start
    if lasted >= 1:
        say(f"    done in {lasted:.0f} s")


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | str | None = None,
    stdin: str | None = None,
    log: Path | None = None,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Run a program quietly; when it fails, say which one and show its last words.

    ``log`` receives the whole output. ``env`` is added to the environment.
    """
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        input=stdin if stdin is not None else "",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if log else subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    if log:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(done.stdout)
    if check and done.returncode:
        raise SetupError(_failure(command, done, log))
    return done


def _failure(command: Sequence[str | Path], done, log: Path | None) -> str:
    output = f"{done.stdout or ''}\n{done.stderr or ''}".strip()
    lines = [f"{Path(str(command[0])).name} failed (exit code {done.returncode}):"]
    lines.append("  " + " ".join(str(part) for part in command)[:500])
    lines += ["  | " + line for line in output.splitlines()[-15:]]
    if log:
        lines.append(f"  The whole output is in {log}")
    return "\n".join(lines)


def interrupt(*_arguments: object) -> None:
    raise KeyboardInterrupt


def command_line(main: Callable[[list[str]], int]) -> int:
    """Run a command; expected failures are a message, not a traceback.

    A closed terminal and a request to end do what Ctrl-C does: leave in good order.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        return main(sys.argv[1:])
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; the next start goes on from here.", file=sys.stderr)
        return 130
