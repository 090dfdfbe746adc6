"""What a reader of files says when it reads no further."""


class FileError(ValueError):
    """A file that cannot be read; ``code`` says why, ``row`` where (0 for the file as a whole)."""

    def __init__(self, code: str, row: int = 0) -> None:
        super().__init__(code)
        self.code, self.row = code, row
