"""A damaged workbook, or one that hides what it says, is refused in a sentence, whatever a library raises on it."""

import io

import pytest
from openpyxl import Workbook

from odoo.addons.clause_insertion.engine.files.errors import FileError
from odoo.addons.clause_insertion.engine.files.rows import rows

HEAD = ("code", "nom")


def workbook(first_state="visible"):
    book = Workbook()
    for row in (HEAD, ("86194", "Poitiers"), ("86066", "Châtellerault")):
        book.active.append(row)
    book.active.sheet_state = first_state
    book.create_sheet("Notes").append(["Ce qui se voit"])
    book.active = 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(content):
    """The rows, or the code of what is wrong."""
    try:
        return list(rows(content, "file.xlsx", lambda text: text if text in HEAD else None))
    except FileError as error:
        return error.code


def damaged(content):
    """A bit of every ninth byte is turned, a stretch of every hundredth is doubled or left out."""
    for place in range(0, len(content), 9):
        yield content[:place] + bytes([content[place] ^ (1 << place % 8)]) + content[place + 1 :]
    for place in range(0, len(content), 101):
        yield content[:place] + content[place : place + 40] * 2 + content[place + 40 :]
        yield content[:place] + content[place + 40 :]


def test_damage_is_told():
    good = workbook()
    assert isinstance(read(good), list)
    for content in damaged(good):
        assert isinstance(read(content), list | str)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_told(state):
    assert read(workbook(state)) == "hidden_sheet"
