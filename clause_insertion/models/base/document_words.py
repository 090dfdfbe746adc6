"""Texts that users write, whose words between braces are filled in from records."""

from odoo.exceptions import ValidationError

from ...engine.documents import unknown_words


def refuse_unknown_words(record, text, known):
    """Nothing would fill them in, and they would be printed as they are."""
    unknown = unknown_words(text, known)
    if unknown:
        raise ValidationError(
            record.env._(
                "Nothing fills in %(unknown)s. These words can be used: %(known)s",
                unknown=in_braces(unknown),
                known=in_braces(known),
            )
        )


def in_braces(words):
    return ", ".join(f"{{{word}}}" for word in words)
