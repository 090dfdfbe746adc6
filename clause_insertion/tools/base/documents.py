"""What the printed documents share."""

import re

from lxml import etree, html

FETCHED = ("src", "srcset", "poster", "background", "data", "xlink:href", "{http://www.w3.org/1999/xlink}href")
REMOTE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?(?://|\\\\)|^\s*(?:file|ftp|https?):", re.IGNORECASE)
REMOTE_STYLE = re.compile(r"url\(\s*['\"]?\s*(?!data:)(?:[a-z][a-z0-9+.-]*:|//)[^)]*\)", re.IGNORECASE)
LOADED = ("iframe", "object", "embed", "video", "audio")


def in_french(records):
    """The same records, whose translated words are French as soon as French is installed."""
    installed = records.env["res.lang"]._get_data(code="fr_FR")
    return records.with_context(lang="fr_FR") if installed else records


def contact(partner):
    """The name, address, telephone and e-mail of a partner: those that are known."""
    place = f"{partner.zip or ''} {partner.city or ''}".strip()
    return tuple(filter(None, (partner.name, partner.street, place, partner.phone, partner.email)))


def without_remote_content(page: bytes | str) -> bytes:
    """The page, without what a printer or a browser would fetch from another server; links stay links.

    >>> without_remote_content('<p>Oui <img src="https://ailleurs.example/p"/> <a href="https://insee.fr">x</a></p>')
    b'<p>Oui <img> <a href="https://insee.fr">x</a></p>'
    >>> without_remote_content('<p style="color: red; background: url(http://ailleurs.example/a)">Oui</p>')
    b'<p style="color: red; background: none">Oui</p>'

    What is the page's own stays: its files, and images that it holds.

    >>> without_remote_content('<img src="/web/image/7"/><img src="data:image/png;base64,AA"/>')
    b'<img src="/web/image/7"><img src="data:image/png;base64,AA">'
    >>> without_remote_content("")
    b''
    """
    text = page.decode() if isinstance(page, bytes) else str(page)
    if not text.strip():
        return text.encode()
    is_document = "<html" in text[:2000].lower()
    root = html.document_fromstring(text) if is_document else html.fragment_fromstring(text, create_parent="div")
    for element in [*root.iter(etree.Element)]:
        _keep_own(element)
    if is_document:
        return etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
    return (root.text or "").encode() + b"".join(etree.tostring(one, method="html", encoding="utf-8") for one in root)


def _keep_own(element) -> None:
    if element.tag in LOADED:
        element.drop_tree()
        return
    if element.tag == "style":
        element.text = REMOTE_STYLE.sub("none", element.text or "")
    names = FETCHED if element.tag != "link" else (*FETCHED, "href")
    for name in names:
        if REMOTE.search(element.get(name, "")) or (name == "srcset" and "//" in element.get(name, "")):
            del element.attrib[name]
    if style := element.get("style"):
        element.set("style", REMOTE_STYLE.sub("none", style))
