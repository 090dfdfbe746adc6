"""Figures and open data in plain typed Python: nothing here knows Odoo."""

from . import decp, figures, follow_up, people, spaser, statement, table
