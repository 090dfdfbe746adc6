# Each room may build on those above it.
from . import (  # isort: skip
    document,
    analysis,
    clause,
    statement,
    open_data,
)
