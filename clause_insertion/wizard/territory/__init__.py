from . import (
    base_partner_merge_automatic_wizard,
    clause_insertion_commune_file,
    clause_insertion_relay_file,
    portal_wizard_user,
)
