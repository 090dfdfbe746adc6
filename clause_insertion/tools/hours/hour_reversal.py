"""Taking back validated hours, all of a line or a part of it: the lines of the opposite sign."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ...engine.exact import hundredths


def reversal_values(lines, same_hours, reason, hours=None):
    """Values of the lines that take ``hours`` back from each of ``lines``, or all that is left of it.

    :param same_hours: whose hours each line is, as ``_same_hours_values`` gives it
    :raises UserError: nothing, or less than that, is left of a line
    """
    now = fields.Datetime.now()

    def values(line):
        left = line._hours_left()
        taken = left if hours is None else hundredths(hours)
        if not left:
            raise UserError(lines.env._("Only validated hours can be reversed, and only once."))
        if not 0 < taken <= left:
            raise UserError(
                lines.env._(
                    "%(left)s hours are left of this line: take back a part of them, or all.",
                    left=formatLang(lines.env, left),
                )
            )
        return {
            "unit_amount": -taken,
            "name": reason,
            "insertion_state": "validated",
            "insertion_validated_on": now,
            "insertion_reversal_of_id": line.id,
            # Of two at once, the database refuses the second, which has not seen what the first took.
            "insertion_reversal_rank": len(line.insertion_reversal_ids) + 1,
            "insertion_reverses_all": taken == left,
        }

    return [{**same, **values(line)} for line, same in zip(lines, same_hours, strict=True)]


def taken_back(line, reason=None, hours=None):
    """The reversals that this press has made before: whoever takes as many hours twice says why each time."""
    if hours is None and line._hours_left():
        return line.browse()
    same = line.insertion_reversal_ids.filtered(lambda other: other.name == reason)
    return same if hours is None else same.filtered(lambda other: -other.unit_amount == hundredths(hours))
