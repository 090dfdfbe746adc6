"""Run one benchmark on a database made for it."""

import importlib
import sys

from opened import opened

database, name, *arguments = sys.argv[1:]
sys.argv = [name, *arguments]  # what a benchmark may parse
with opened(database) as env:
    importlib.import_module(f"benchmarks.{name}").main(env)
