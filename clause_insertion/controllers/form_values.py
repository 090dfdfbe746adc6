"""What a person types in the portal's forms, read strictly; an error names the field, in the person's language."""

from odoo.exceptions import UserError
from odoo.http import request

from ..engine.files.cells import CellError, parse_day

MOST_LETTERS = 200
MOST_PEOPLE = 99


def read_text(typed, name, label, required=False, most=MOST_LETTERS):
    text = typed.get(name, "").replace("\0", "").strip()  # PostgreSQL has no such letter
    if required and not text:
        raise UserError(request.env._("%(field)s: please fill it in.", field=label))
    if len(text) > most:
        raise UserError(request.env._("%(field)s: %(most)s letters at most.", field=label, most=most))
    return text


def read_number(typed, name, label):
    text = typed.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 0 < int(text) <= MOST_PEOPLE):
        raise UserError(request.env._("%(field)s: type a number from 1 to %(most)s.", field=label, most=MOST_PEOPLE))
    return int(text)


def read_day(typed, name, label, required=False):
    text = read_text(typed, name, label, required)
    try:
        return parse_day(text) if text else False
    except CellError:
        raise UserError(request.env._("%(field)s: type a date such as 31/12/2026.", field=label)) from None


def read_choice(typed, name, label, choices, required=True):
    """One of ``choices``, which is ``{typed value: what it stands for}``."""
    text = typed.get(name, "")
    if not text and not required:
        return False
    if text not in choices:
        raise UserError(request.env._("%(field)s: choose from the list.", field=label))
    return choices[text]


def read_selection(typed, field_owner, name, required=True):
    """A value of a selection field."""
    values = {value: value for value, _label in selection(field_owner, name)}
    return read_choice(typed, name, labels(field_owner, name)[name], values, required)


def selection(field_owner, name):
    """``[(value, label)]`` of a selection field, in the user's language."""
    return field_owner._fields[name]._description_selection(request.env)


def labels(field_owner, *names):
    """``{field name: label}`` in the user's language."""
    return {name: field_owner._fields[name]._description_string(request.env) for name in names}
