"""./setup/run [--port N] [--no-demo] [--reset] [--stop]"""

import argparse
import os
import signal
import subprocess
import time

from .. import instance, kept_database
from ..cluster import DATA, given, postgresql, stop_unused
from ..databases import Databases
from ..paths import CACHE
from ..server import Server, prepare
from ..terminal import SetupError, say, step

FRENCH = ("--load-language=fr_FR",)
START_LIMIT = 180  # seconds until Odoo answers


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    if options.stop:
        return stop()
    if options.reset:
        stop()
    with instance.alone() as lock:
        instance.check_port(options.port)
        say(f"--> Everything is kept in {CACHE}")
        with postgresql(DATA) as environment:
            return start(prepare(environment, FRENCH), options, lock)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./setup/run", description="Odoo 19 with both addons on http://127.0.0.1:8069"
    )
    parser.add_argument("--port", type=int, default=8069, metavar="N")
    parser.add_argument("--no-demo", action="store_true", help="a new database stays empty")
    parser.add_argument("--reset", action="store_true", help="forget the data, start anew")
    parser.add_argument("--stop", action="store_true", help="stop the one that runs")
    return parser.parse_args(arguments)


def stop() -> int:
    stopped = instance.stop()
    if not given():
        stop_unused(DATA)
    say("Odoo is stopped." if stopped else "No Odoo of ours was running.")
    return 0


def start(server: Server, options: argparse.Namespace, lock: int) -> int:
    databases = Databases(server.database_environment)
    if options.reset:
        kept_database.reset(databases)
    kept_database.ensure(server, databases, example=not options.no_demo)
    url = f"http://127.0.0.1:{options.port}"
    return serve(server, options.port, url, lock)


def serve(server: Server, port: int, url: str, lock: int) -> int:
    """Odoo in the foreground, until Ctrl-C, --stop or its own end."""
    command = server.command("-d", kept_database.NAME, "--http-port", str(port), "--logfile", instance.log_file())
    environment = {**os.environ, **server.environment}
    odoo = subprocess.Popen(
        command,
        env=environment,
        cwd="/",
        pass_fds=[lock],
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for us; Odoo must get one signal, not two
    )
    try:
        instance.remember(odoo.pid, url)
        wait_for(odoo, port)
        say(f"\n{kept_database.login_table(url)}\n")
        say(f"Odoo runs on {url} (log: {instance.log_file()}). Ctrl-C stops it.")
        return odoo.wait()
    except KeyboardInterrupt:
        say("\nStopping Odoo.")
        return 0
    finally:
        end(odoo)


def wait_for(odoo: subprocess.Popen, port: int) -> None:
    with step("Starting Odoo"):
        deadline = time.monotonic() + START_LIMIT
        while odoo.poll() is None and time.monotonic() < deadline:
            if instance.answers(port):
                return
            time.sleep(0.3)
    raise SetupError(f"Odoo did not start; see {instance.log_file()}")


def end(odoo: subprocess.Popen) -> None:
    """Give requests time to finish, and a second Ctrl-C no chance to hurt the data."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    if odoo.poll() is None:
        odoo.terminate()
        try:
            odoo.wait(timeout=30)
        except subprocess.TimeoutExpired:
            odoo.kill()
            odoo.wait()
