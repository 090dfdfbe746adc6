"""Other programs and a Region's own changes hold on to external ids: none of an earlier version goes away.

The list is of the first version; a later one adds its own when it is published.
"""

import os

from clause_setup.databases import Databases
from clause_setup.paths import REPOSITORY

KNOWN = (REPOSITORY / "tests" / "data" / "external_ids.txt").read_text().split()


def test_external_ids_stay():
    query = "SELECT module || '.' || name FROM ir_model_data WHERE module LIKE 'clause_insertion%'"
    found = set(Databases({}).sql(query, os.environ["CLAUSE_INSERTION_TEMPLATE"]).split())
    assert len(KNOWN) > 500
    assert [name for name in KNOWN if name not in found] == []
