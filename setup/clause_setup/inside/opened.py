"""A database opened as Odoo's superuser, for the scripts of this folder."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import odoo.api
import odoo.modules.registry
import odoo.tools

SETUP = Path(__file__).resolve().parents[2]


@contextmanager
def opened(database: str) -> Iterator[odoo.api.Environment]:
    """The environment; written to the database when the block ends well."""
    odoo.tools.config.parse_config(["-d", database, "--no-http"], setup_logging=True)
    sys.path.insert(0, str(SETUP))  # for the packages example and benchmarks
    registry = odoo.modules.registry.Registry(database)
    with registry.cursor() as cr:
        yield odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
