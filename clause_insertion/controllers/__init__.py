from . import (
    portal_certificate,
    portal_clause,
    portal_declaration,
    portal_employment,
    portal_hours_file,
    portal_network,
    portal_penalty,
    portal_person,
    portal_proof,
    portal_recruitment,
    portal_training,
    spreadsheet_export,
)
