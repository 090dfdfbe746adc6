from . import clause_insertion_document_mixin
