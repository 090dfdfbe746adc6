from . import (
    clause_insertion_import,
    clause_insertion_import_check,
    clause_insertion_import_error,
    clause_insertion_import_progress,
    clause_insertion_import_staging,
    clause_insertion_import_words,
    clause_insertion_import_writer,
)
