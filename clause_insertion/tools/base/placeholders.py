"""Texts that users write, whose placeholders between braces are filled in from records."""

from odoo.exceptions import ValidationError

from ...engine.documents import unknown_placeholders


def check_placeholders(record, text, known):
    """Refuse a placeholder that nothing fills in: it would be printed as it is."""
    unknown = unknown_placeholders(text, known)
    if unknown:
        raise ValidationError(
            record.env._(
                "Nothing fills in %(unknown)s. These words can be used: %(known)s",
                unknown=in_braces(unknown),
                known=in_braces(known),
            )
        )


def in_braces(names):
    return ", ".join(f"{{{name}}}" for name in names)
