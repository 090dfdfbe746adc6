from . import clause_insertion_file
