from . import clause_insertion
