from . import (
    clause_insertion_erasure,
    clause_insertion_import,
    clause_insertion_import_error,
    clause_insertion_import_progress,
    clause_insertion_import_staged,
    ir_attachment,
)
