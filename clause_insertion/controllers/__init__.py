from . import (
    portal,
    portal_certificate,
    portal_declaration,
    portal_employment,
    portal_follow,
    portal_hours_file,
    portal_network,
    portal_people,
    portal_person,
    portal_proof,
    portal_recruitment,
    portal_training,
)
