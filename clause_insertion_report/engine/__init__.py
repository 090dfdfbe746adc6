"""The yearly statement and open data in plain typed Python: nothing here knows Odoo."""

from . import decp, spaser, statement, table
