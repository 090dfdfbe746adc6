from . import clause_insertion_proposal
