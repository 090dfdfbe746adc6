"""Which files may prove a month: documents and images, nothing that a browser would run."""

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 10
BYTES_THAT_TELL = 2048  # the first ones say what a PDF or an image is; of a whole ZIP, Odoo would unpack parts
# What the file must be inside, by what its name says it is.
CONTENT_BY_EXTENSION = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}


def extension(name: str) -> str:
    """
    >>> extension("Feuille d'heures.PDF"), extension("a.pdf.html"), extension("pdf"), extension("")
    ('pdf', 'html', '', '')
    """
    _stem, dot, last = name.rpartition(".")
    return last.lower() if dot else ""


def problem(name: str, size: int, content_type: str) -> str | None:
    """What is wrong with a file (a word for the message), or None.

    :param size: bytes
    :param content_type: what the first bytes say, not what the browser said

    >>> problem("heures.pdf", 1000, "application/pdf"), problem("photo.JPG", 1000, "image/jpeg")
    (None, None)
    >>> problem("heures.pdf", 0, "application/pdf"), problem("heures.pdf", MOST_BYTES + 1, "application/pdf")
    ('empty', 'large')
    >>> problem("page.html", 9, "text/html"), problem("dessin.svg", 9, "image/svg+xml"), problem("pdf", 9, "text/plain")
    ('kind', 'kind', 'kind')
    >>> problem("heures.pdf", 9, "text/html"), problem("photo.png", 9, "application/zip")
    ('content', 'content')
    """
    if not size:
        return "empty"
    if size > MOST_BYTES:
        return "large"
    if extension(name) not in CONTENT_BY_EXTENSION:
        return "kind"
    return None if CONTENT_BY_EXTENSION[extension(name)] == content_type else "content"
