"""Which files prove a month: whole documents and images of ten mebibytes at most."""

import pytest

from odoo.addons.clause_insertion.engine.proof_files import MOST_BYTES, MOST_FILES, extension, problem

PDF = "application/pdf"


def test_the_limits_that_people_are_told():
    """Ten files of ten mebibytes."""
    assert MOST_BYTES == 10_485_760
    assert MOST_FILES == 10


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("heures.pdf", PDF),
        ("HEURES.PDF", PDF),
        ("photo.jpg", "image/jpeg"),
        ("photo.JPEG", "image/jpeg"),
        ("capture.png", "image/png"),
        ("a.b.pdf", PDF),
        (".pdf", PDF),
    ],
)
def test_documents_and_images_are_welcome(name, content_type):
    """By the end of the name, in capitals or not, and by what is inside."""
    assert problem(name, 1, content_type) is None


@pytest.mark.parametrize(("size", "expected"), [(0, "empty"), (1, None), (10_485_760, None), (10_485_761, "large")])
def test_a_file_is_neither_empty_nor_too_large(size, expected):
    """From one byte to the limit, both included."""
    assert problem("heures.pdf", size, PDF) == expected


@pytest.mark.parametrize("name", ["page.html", "a.pdf.html", "dessin.svg", "pdf", "", "heures.", "heures.pdf "])
def test_other_kinds_are_refused(name):
    """Whatever is inside; a name without a point has no kind."""
    assert problem(name, 9, PDF) == "kind"


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("heures.pdf", "text/html"),
        ("heures.pdf", "image/png"),
        ("photo.jpg", PDF),
        ("photo.jpeg", "image/png"),
        ("photo.png", "image/jpeg"),
        ("heures.pdf", ""),
    ],
)
def test_the_content_is_what_the_name_says(name, content_type):
    """A page that would run, named as a document, is no document."""
    assert problem(name, 9, content_type) == "content"


def test_size_is_told_before_the_kind_and_the_kind_before_the_content():
    """One problem at a time, the first that can be seen."""
    assert problem("page.html", 0, "text/html") == "empty"
    assert problem("page.html", MOST_BYTES + 1, "text/html") == "large"


def test_the_end_of_a_name():
    """What follows the last point, in small letters."""
    assert [extension(name) for name in ("a.PDF", "a.b.Png", "a.", "pdf", "")] == ["pdf", "png", "", "", ""]
