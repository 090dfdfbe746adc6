from . import (
    test_charter,
    test_convention,
    test_convention_document,
    test_convention_figures,
    test_convention_renewal,
    test_meeting,
    test_network_locks,
    test_network_tour,
    test_objective,
    test_portal_network,
    test_training,
    test_training_hours,
)
