from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from .form_values import labels, read_choice, read_day, read_selection, read_text, selection
from .portal_relay import InsertionRelayPortal

PEOPLE = "/my/insertion-people"
PERSON = f"{PEOPLE}/<int:person_id>"
TEXTS = ("firstname", "lastname", "phone", "email", "street", "zip", "city")


class InsertionPersonPortal(InsertionRelayPortal):
    """A relay's people: found, registered, and each person's page. Nobody but a relay finds these pages."""

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
            "erasing": {"label": request.env._("Erasure announced")},
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
        names = labels(Identity, *TEXTS, "birthdate", "prescriber_id")
        prescribers = {value: int(value) for value, _label in self._person_choices()["prescriber_id"]}
        return {
            **{name: read_text(typed, name, names[name], required=name.endswith("name")) for name in TEXTS},
            "birthdate": read_day(typed, "birthdate", names["birthdate"]),
            "gender": read_selection(typed, Identity, "gender", required=False) or "other",
            "education_level": read_selection(typed, Identity, "education_level", required=False),
            "prescriber_id": read_choice(typed, "prescriber_id", names["prescriber_id"], prescribers, required=False),
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

    # -- one person: the file, the proofs seen, the work contracts and hours, the end of the pathway ---

    def _prepare_person_values(self, person):
        return {
            "person": person,
            "identity": person.identity_id,
            "page_name": "insertion_person",
            "file": person._case_file(),
            "situation": person._situation(),
            "months": person._hours_by_month(),
            "erasure": self._announced(person),
            "publics": request.env["clause.insertion.public"].search([]),
            "exit_kinds": selection(person, "exit_kind"),
            **self._person_choices(),
            **self._prepare_relay_values(person, [("participant_id", "=", person.id)]),
        }

    @http.route(PERSON, type="http", auth="user", methods=["GET"], website=True)
    def portal_insertion_person(self, person_id, **_kw):
        person = self._own_person(person_id)
        values = self._prepare_portal_layout_values() | {
            **self._prepare_person_values(person),
            "error": request.session.pop("insertion_error", None),
        }
        return request.render("clause_insertion.portal_insertion_person", values)

    @http.route(f"{PERSON}/save", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_save(self, person_id, **typed):
        person = self._own_person(person_id)
        return self._run_action(person, self._save_person, person, typed)

    def _save_person(self, person, typed):
        values = self._read_person_file(typed)
        closed = {name: values.pop(name) for name in ("education_level", "prescriber_id")}
        person.identity_id.write(values)
        person._case_file(closed)

    @http.route(f"{PERSON}/exit", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_exit(self, person_id, **typed):
        person = self._own_person(person_id)
        return self._run_action(person, self._note_exit, person, typed)

    def _note_exit(self, person, typed):
        names = labels(person, "exit_date")
        person._case_file(
            {
                "exit_kind": read_selection(typed, person, "exit_kind", required=False),
                "exit_date": read_day(typed, "exit_date", names["exit_date"]),
            }
        )

    @http.route(f"{PERSON}/proof", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_proof(self, person_id, **typed):
        person = self._own_person(person_id)
        return self._run_action(person, self._record_proof, person, typed)

    @http.route(f"{PERSON}/proof/<int:proof_id>/remove", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_proof_remove(self, person_id, proof_id, **_kw):
        person = self._own_person(person_id)
        proof = person.proof_ids.filtered(lambda proof: proof.id == proof_id)
        if not proof:
            raise request.not_found()
        return self._run_action(person, person._take_back_proof, proof)

    @http.route(f"{PERSON}/merge", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_merge(self, person_id, **_kw):
        person = self._own_person(person_id)
        return self._run_action(person, person.identity_id.action_merge_duplicates)

    @http.route(f"{PERSON}/contact", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_contact(self, person_id, **typed):
        person = self._own_person(person_id)
        return self._run_action(person, self._log_contact, {"participant_id": person.id}, typed)

    @http.route(f"{PERSON}/hand-over", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_hand_over(self, person_id, **typed):
        """The person leaves the user's list: what is shown next is that list, or what was refused."""
        person = self._own_person(person_id)
        answer = self._run_action(person, self._hand_over, {"participant_id": person.id}, typed)
        return answer if person._is_followed() else request.redirect(PEOPLE)

    # -- the person's data: kept, handed over, erased ------------------------------------------------

    @http.route(f"{PERSON}/data", type="http", auth="user", methods=["GET"], website=True)
    def portal_insertion_person_data(self, person_id, **_kw):
        """A file that the relay hands to the person; nothing on the way keeps a copy."""
        person = self._own_person(person_id)
        content = request.env["clause.insertion.erasure"]._export(person)
        headers = [
            ("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("Content-Disposition", http.content_disposition(f"{person.name}.xlsx")),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(content, headers)

    @http.route(f"{PERSON}/keep", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_keep(self, person_id, **_kw):
        person = self._own_person(person_id)
        return self._run_action(person, self._announced(person).action_still_followed)

    def _announced(self, person):
        return request.env["clause.insertion.erasure"].search(
            [("participant_id", "=", person.id), ("state", "=", "announced")]
        )

    @http.route(f"{PERSON}/erase", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_erase(self, person_id, **_kw):
        person = self._own_person(person_id)
        Erasure, kept = request.env["clause.insertion.erasure"], []
        answer = self._run_action(person, lambda: kept.append(Erasure._ask(person)))
        return self._redirect(person, Erasure._kept_message(kept[0])) if any(kept) else answer
