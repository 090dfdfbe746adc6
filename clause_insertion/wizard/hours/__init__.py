from . import clause_insertion_refusal
