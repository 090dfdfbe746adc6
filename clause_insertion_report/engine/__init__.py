"""The yearly statement in plain typed Python: nothing here knows Odoo."""

from . import spaser, statement, table
