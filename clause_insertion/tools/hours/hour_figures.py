"""What hours amount to, for the records that set objectives: one place, whatever they are grouped by."""

from collections import defaultdict
from typing import NamedTuple

from odoo.fields import Domain
from odoo.models import BaseModel


class Figures(NamedTuple):
    """Three counts that are never mixed: hours add up, people and contracts are counted once."""

    hours: float = 0
    people: int = 0
    contracts: int = 0


def hour_figures(lines, domain, groupby):
    """``{(value of each groupby): Figures}`` of the hours in ``domain``, in two queries with the rights of ``lines``.

    Hours are those validated, less what was taken back; people and contracts are those under
    an hour that still stands. Records are given by their id.
    """
    validated = Domain(domain) & Domain("insertion_state", "=", "validated")
    standing = validated & Domain("insertion_reversal_of_id", "=", False) & Domain("insertion_reversal_ids", "=", False)
    figures = defaultdict(Figures)
    for *values, hours in lines._read_group(validated, groupby, ["unit_amount:sum"]):
        figures[_key(values)] = Figures(hours)
    counts = ["insertion_participant_id:count_distinct", "clause_insertion_id:array_agg_distinct"]
    for *values, people, clause_ids in lines._read_group(standing, groupby, counts):
        contracts = {clause._contract() for clause in lines.env["clause.insertion"].browse(clause_ids)}
        figures[_key(values)] = figures[_key(values)]._replace(people=people, contracts=len(contracts))
    return figures


def _key(values):
    return tuple(value.id if isinstance(value, BaseModel) else value for value in values)
