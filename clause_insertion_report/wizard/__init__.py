from . import clause_insertion_statement
