"""Figures and open data in plain typed Python: nothing here knows Odoo."""

from . import decp, follow_up, spaser, statement, table
