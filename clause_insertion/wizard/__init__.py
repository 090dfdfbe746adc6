from . import (  # isort: skip
    base,
    purchase,
    recruitment,
    hours,
    territory,
    network,
    penalty,
)
