# Each room may build on those above it.
from . import (  # isort: skip
    document,
    analysis,
    statement,
    spaser,
    open_data,
)
