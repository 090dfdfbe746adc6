from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from .portal_base import InsertionPortalBase
from .portal_forms import labels, read_choice, read_day, read_text, selection

PEOPLE = "/my/insertion-people"
TEXTS = ("firstname", "lastname", "phone", "email", "street", "zip", "city")
CHOICES = ("gender", "education_level", "prescriber_id")


class InsertionPeoplePortal(InsertionPortalBase):
    """A relay's people: found, registered, corrected. Nobody but a relay finds these pages."""

    def _identities(self):
        if not request.env.user.commercial_partner_id.is_insertion_facilitator:
            raise NotFound()
        return request.env["clause.insertion.identity"]

    def _own_person(self, person_id):
        """A person of the user's relay: not found for everybody else, employers included."""
        person = self._own("clause.insertion.participant", person_id)
        if not person._is_followed():
            raise NotFound()
        return person

    # -- list ----------------------------------------------------------------------------------------

    @http.route([PEOPLE, f"{PEOPLE}/page/<int:page>"], type="http", auth="user", methods=["GET"], website=True)
    def portal_insertion_people(self, page=1, filterby=None, search="", **_kw):
        Identity, filters = self._identities(), self._people_filters()
        filterby = filterby if filterby in filters else "all"
        search = search.replace("\0", "").strip()[:100]
        domain = Identity._of_relay(search, filterby)
        pages = pager(
            url=PEOPLE,
            url_args={"filterby": filterby, "search": search},
            total=Identity.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        values = self._prepare_portal_layout_values() | {
            "people": Identity.search(domain, limit=self._items_per_page, offset=pages["offset"]),
            "page_name": "insertion_person",
            "pager": pages,
            "default_url": PEOPLE,
            "searchbar_filters": filters,
            "filterby": filterby,
            "search": search,
            "handovers": request.env["clause.insertion.handover"].search([], limit=10),
        }
        return request.render("clause_insertion.portal_my_insertion_people", values)

    def _people_filters(self):
        return {
            "all": {"label": request.env._("All")},
            "eligible": {"label": request.env._("Eligible people")},
            "to_verify": {"label": request.env._("To verify")},
            "ending": {"label": request.env._("Ending soon")},
        }

    # -- register ------------------------------------------------------------------------------------

    @http.route(f"{PEOPLE}/new", type="http", auth="user", methods=["GET", "POST"], website=True)
    def portal_insertion_person_new(self, **typed):
        """The form with GET; with POST, the person, or the form again with what is wrong or who is already known."""
        Identity = self._identities()
        error, own, elsewhere = None, Identity, False
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    values = self._read_person_file(typed)
                    if not typed.get("known"):
                        own, elsewhere = Identity._already_known(values)
                    if not (own or elsewhere):
                        identity = Identity._enrol(values)
                        request.env.flush_all()
                        return request.redirect(identity.participant_id.access_url)
            except UserError as refused:
                error = str(refused)
        values = self._prepare_portal_layout_values() | {
            **self._person_choices(),
            "page_name": "insertion_person_new",
            "error": error,
            "typed": typed,
            "own": own,
            "elsewhere": elsewhere,
        }
        return request.render("clause_insertion.portal_insertion_person_new", values)

    def _read_person_file(self, typed):
        Identity = request.env["clause.insertion.identity"]
        names = labels(Identity, *TEXTS, *CHOICES, "birthdate")
        choices = self._person_choices()
        values = {name: read_text(typed, name, names[name], required=name.endswith("name")) for name in TEXTS}
        for name in CHOICES:
            known = {value: value for value, _label in choices[name]}
            values[name] = read_choice(typed, name, names[name], known, required=False)
        return {
            **values,
            "gender": values["gender"] or "other",
            "prescriber_id": values["prescriber_id"] and int(values["prescriber_id"]),
            "birthdate": read_day(typed, "birthdate", names["birthdate"]),
        }

    def _person_choices(self):
        Identity = request.env["clause.insertion.identity"]
        # sudo: the names of prescribers, public bodies that portal users do not read, to choose from
        prescribers = request.env["res.partner"].sudo().search([("is_insertion_prescriber", "=", True)], order="name")
        return {
            "gender": selection(Identity, "gender"),
            "education_level": selection(Identity, "education_level"),
            "prescriber_id": [(str(partner.id), partner.name) for partner in prescribers],
        }
