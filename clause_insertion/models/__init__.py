# Each room may build on those above it.
from . import (  # isort: skip
    base,
    purchase,
    clause,
    people,
    recruitment,
    hours,
    hours_import,
    territory,
    network,
    penalty,
)
