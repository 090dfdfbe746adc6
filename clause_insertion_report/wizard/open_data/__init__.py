from . import clause_insertion_open_data
