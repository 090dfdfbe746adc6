"""What the printed documents share."""


def in_french(records):
    """The same records, whose translated words are French as soon as French is installed."""
    installed = records.env["res.lang"]._get_data(code="fr_FR")
    return records.with_context(lang="fr_FR") if installed else records


def contact(partner):
    """The name, address, telephone and e-mail of a partner: those that are known."""
    place = f"{partner.zip or ''} {partner.city or ''}".strip()
    return tuple(filter(None, (partner.name, partner.street, place, partner.phone, partner.email)))
