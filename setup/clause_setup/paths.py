"""Where things are: the repository, and the cache outside of it."""

import os
from collections.abc import Mapping
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SETUP = REPOSITORY / "setup"
ADDONS = ("clause_insertion", "clause_insertion_report")


def cache_folder(environ: Mapping[str, str] = os.environ, uid: int | None = None) -> Path:
    """The folder of everything downloaded, built or stored.

    PostgreSQL refuses to run as root. Root's cache is therefore in a place that
    the user ``postgres`` can reach, which root's home is not.

    >>> cache_folder({"HOME": "/home/ana"}, uid=1000)
    PosixPath('/home/ana/.cache/clause_insertion')
    >>> cache_folder({"HOME": "/root"}, uid=0)
    PosixPath('/var/cache/clause_insertion')
    >>> cache_folder({"CLAUSE_INSERTION_CACHE": "/srv/x"}, uid=0)
    PosixPath('/srv/x')
    """
    if given := environ.get("CLAUSE_INSERTION_CACHE"):
        return Path(given).absolute()
    if (os.geteuid() if uid is None else uid) == 0:
        return Path("/var/cache/clause_insertion")
    base = environ.get("XDG_CACHE_HOME") or os.path.join(environ["HOME"], ".cache")
    return Path(base) / "clause_insertion"


CACHE = cache_folder()
LOGS = CACHE / "logs"
FILES = CACHE / "files"  # Odoo's data folder: file store and sessions
