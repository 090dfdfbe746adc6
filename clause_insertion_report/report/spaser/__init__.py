from . import clause_insertion_spaser
