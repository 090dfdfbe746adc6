"""What a file says, as one text: to find out whether it names somebody."""

import io
import re
import zipfile
import zlib

MOST_BYTES = 50 * 2**20  # unpacked, of all the parts of a workbook


def quoted(content: bytes, most: int = MOST_BYTES) -> str | None:
    """All the words of a CSV or XLSX file, a space between its cells; None where it cannot be told.

    >>> quoted(b"clause;participant\\nCI/2026/0001;\\"P-000123\\"")
    'clause participant CI/2026/0001 P-000123'
    >>> quoted("Zéphyrine".encode("cp1252"))
    'Zéphyrine'
    >>> file = io.BytesIO()
    >>> with zipfile.ZipFile(file, "w") as archive:
    ...     archive.writestr("xl/sharedStrings.xml", "<si><t>Exemple</t></si><si><t>Zéphyrine</t></si>")
    >>> quoted(file.getvalue()), quoted(file.getvalue(), most=10) is None, quoted(b"PK\\x03\\x04") is None
    ('Exemple Zéphyrine', True, True)
    """
    if not content.startswith(b"PK"):
        return _words(content, r"[\s;,\"]+")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > most:
                return None
            return " ".join(_words(archive.read(part), r"\s*<[^>]*>\s*") for part in parts)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
    ):  # damaged, packed otherwise, or with a password
        return None


def _words(content: bytes, between: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return " ".join(filter(None, re.split(between, text)))
