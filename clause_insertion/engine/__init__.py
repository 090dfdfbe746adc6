"""The rules of insertion clauses: arithmetic, dates and law, in plain typed Python.

Nothing here knows Odoo. Models read their records, call these functions and write the result,
so that every figure is computed in one place. Each public function states its units:
hours, euros excluding tax (HT), shares as fractions (0.05 is 5 %), inclusive or exclusive dates.
"""

from . import (
    checks,
    eligibility,
    essential_data,
    months,
    next_step,
    obligation,
    parameters,
    penalties,
    places,
    progress,
    retention,
    sizing,
    suppression,
)
