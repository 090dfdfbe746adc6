from babel import Locale

from odoo import api, models
from odoo.exceptions import AccessError

from ...engine.coverage import SMALLEST_FIRST
from ...engine.files.relays import HEADINGS, RelayFile, same_name
from ...engine.files.table import Problem
from ...engine.text import digits, folded

# Field of the contact: column of the file. An empty cell leaves what the contact has.
FIELDS = {
    "name": "name",
    "zip": "zip",
    "company_registry": "siret",
    "insertion_facilitator_kind": "kind",
    "street": "street",
    "city": "city",
    "phone": "phone",
    "email": "email",
    "insertion_date_start": "start",
    "insertion_date_end": "end",
}
NAMED_LANGUAGES = ("fr", "en")  # in which the file may name languages


class ClauseInsertionRelayFile(models.TransientModel):
    """Loads a directory of relays and facilitators into the contacts, with the user's own rights on contacts."""

    _name = "clause.insertion.relay.file"
    _inherit = "clause.insertion.file"
    _description = "Directory of relays"

    def _headings(self):
        return HEADINGS

    def _read_rows(self, rows):
        self._check_rights()
        file = RelayFile(rows)
        problems = list(file.problems)
        if not problems:
            places, languages, partners = self._places(), self._languages(), self._partners()
            for relay in file.relays:
                problems += self._unknown(relay, "territories", "unknown_territory", places)
                problems += self._unknown(relay, "languages", "unknown_language", languages)
                problems += self._ambiguous(relay, partners)
        return file.relays, problems

    def _check_rights(self):
        if not self.env["res.partner"].has_access("create"):
            raise AccessError(
                self.env._("A directory is loaded into the contacts: ask for the right “Contact Creation”.")
            )

    def _messages(self):
        return {
            **super()._messages(),
            "same_line": self.env._("The same relay, or the same facilitator of it, as row %(first)s: keep one."),
            "not_siret": self.env._("This is not a valid SIRET (14 digits) or SIREN (9 digits): a digit is wrong."),
            "not_a_postcode": self.env._("This is not a postcode of five digits."),
            "not_a_kind": self.env._(
                "This kind is unknown: PLIE, maison de l'emploi, MEIF, collectivité, GIP, association or autre."
            ),
            "not_an_email": self.env._("This is not an e-mail address."),
            "not_a_day": self.env._("This is not a day, such as 31/01/2026 or 2026-01-31."),
            "impossible_date": self.env._("This date does not exist."),
            "ends_before": self.env._("The end comes before the beginning."),
            "unknown_territory": self.env._(
                "No territory, or several, with the code or name “%(text)s”: load the communes first, or use its code."
            ),
            "unknown_language": self.env._("No language is called “%(text)s”."),
            "several_contacts": self.env._("Several contacts are this relay: %(names)s. Merge them first."),
            "other_siret": self.env._("A contact has this name and postcode, and another SIRET: %(number)s."),
        }

    def _unknown(self, relay, column, code, known):
        texts = [text for text in getattr(relay, column) if folded(text) not in known]
        return [Problem(relay.row, column, text, code, {"text": text}) for text in texts]

    def _ambiguous(self, relay, partners):
        found = self._matching(relay, partners)
        if len(found) > 1:
            return [
                Problem(relay.row, "name", relay.name, "several_contacts", {"names": ", ".join(found.mapped("name"))})
            ]
        number = digits(found.company_registry or "")
        if relay.siret and number and number != relay.siret:
            return [Problem(relay.row, "siret", relay.siret, "other_siret", {"number": number})]
        return []

    # -- what the database knows -------------------------------------------------------------------

    @api.model
    def _partners(self):
        """Companies by SIRET, and by name and postcode."""
        found = {}
        partners = self.env["res.partner"].search([("is_company", "=", True)])
        for partner in partners:
            number = digits(partner.company_registry or "")
            for key in filter(None, (number, same_name(partner.name or "", partner.zip or ""))):
                found[key] = found.get(key, partner.browse()) | partner
        return found

    @api.model
    def _matching(self, relay, partners):
        """By SIRET, else by name and postcode."""
        nobody = self.env["res.partner"]
        return partners.get(relay.siret, nobody) or partners.get(same_name(relay.name, relay.zip), nobody)

    @api.model
    def _places(self):
        """Territories by code and by name, the smallest kind first; two of one kind with one name are nobody's.

        Regions are found by name alone: 84 is Vaucluse before being a region.
        """
        found, twice = {}, set()
        places = self.env["clause.insertion.territory"].search([])
        for place in places.sorted(lambda place: SMALLEST_FIRST.index(place.kind)):
            for text in {folded(place.name), *([] if place.kind == "region" else [folded(place.code)])}:
                if found.setdefault(text, place) != place and found[text].kind == place.kind:
                    twice.add(text)
        return {text: place for text, place in found.items() if text not in twice}

    @api.model
    def _languages(self):
        """Odoo's languages, installed or not, by what they are called in French and in English."""
        found = {}
        for lang in self.env["res.lang"].with_context(active_test=False).search([]).sorted(lambda lang: len(lang.code)):
            code = lang.iso_code.split("_")[0]
            for locale in NAMED_LANGUAGES:
                found.setdefault(folded(Locale(locale).languages.get(code, code)), lang)
        french = self.env.ref("base.lang_fr")
        return found | {folded(Locale(locale).languages["fr"]): french for locale in NAMED_LANGUAGES}

    # -- writing -----------------------------------------------------------------------------------

    def _write_rows(self, read):
        self._check_rights()
        partners, places, languages = self._partners(), self._places(), self._languages()
        done = [[self.env._("Row"), self.env._("Relay"), self.env._("What is done")]]
        for relay in read:
            partner = self._matching(relay, partners)
            values = self._values(relay, places, languages)
            if partner:
                values = self._changes(partner, values)
                partner.write(values)
                what = self._changed_labels(values)
            else:
                partner = partner.create({**values, "is_company": True})
                what = self.env._("New relay")
            people = self._write_people(partner, relay)
            done.append([relay.row, relay.name, ", ".join(filter(None, (what, people))) or self.env._("Nothing")])
        return done

    def _values(self, relay, places, languages):
        values = {field: getattr(relay, column) for field, column in FIELDS.items() if getattr(relay, column)}
        if relay.territories:
            values["insertion_territory_ids"] = [places[folded(text)].id for text in relay.territories]
        if relay.languages:
            values["insertion_lang_ids"] = [languages[folded(text)].id for text in relay.languages]
        return {**values, "is_insertion_facilitator": True}

    def _changes(self, partner, values):
        """What the file says and the contact does not; territories and languages are added to those it has."""
        changes = {}
        for field, value in values.items():
            known = partner[field]
            if isinstance(value, list):
                if added := set(value) - set(known.ids):
                    changes[field] = [(4, id_) for id_ in added]
            elif field == "company_registry":
                if digits(known or "") != value:
                    changes[field] = value
            elif known != value and not (field == "name" and folded(known) == folded(value)):
                changes[field] = value
        return changes

    def _changed_labels(self, values):
        if not values:
            return ""
        labels = [self.env["res.partner"]._fields[name]._description_string(self.env) for name in values]
        return self.env._("Changed: %(fields)s", fields=", ".join(sorted(labels)))

    def _write_people(self, partner, relay):
        """Facilitators found again by name; returns what was done, in words."""
        known = {folded(child.name or ""): child for child in partner.child_ids}
        new, changed = [], 0
        for person in relay.people:
            values = {"is_insertion_facilitator_person": True, "phone": person.phone, "email": person.email}
            values = {field: value for field, value in values.items() if value}
            if child := known.get(folded(person.name)):
                if changes := {field: value for field, value in values.items() if child[field] != value}:
                    child.write(changes)
                    changed += 1
            else:
                new.append({**values, "name": person.name, "parent_id": partner.id, "type": "contact"})
        partner.create(new)
        return (
            self.env._("Facilitators: %(new)s new, %(changed)s changed", new=len(new), changed=changed)
            if (new or changed)
            else ""
        )
