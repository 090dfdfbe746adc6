from . import (
    clause_insertion,
    clause_insertion_commune,
    clause_insertion_territory,
    res_partner,
)
