"""Figures and open data in plain typed Python: nothing here knows Odoo."""

from . import decp, dimensions, figures, follow_up, people, snapshot, spaser, statement, table
