from odoo import http
from odoo.http import request

from .portal_forms import labels, read_choice, read_day, selection
from .portal_people import PEOPLE, InsertionPeoplePortal

PERSON = f"{PEOPLE}/<int:person_id>"


class InsertionPersonPortal(InsertionPeoplePortal):
    """One person at its relay: the file, the proofs seen, the work contracts and hours, the end of the pathway."""

    def _prepare_person_values(self, person):
        return {
            "person": person,
            "identity": person.identity_id,
            "page_name": "insertion_person",
            "file": person._relay_file(),
            "situation": person._situation(),
            "months": person._hours_by_month(),
            "publics": request.env["clause.insertion.public"].search([]),
            "exit_kinds": selection(person, "exit_kind"),
            **self._person_choices(),
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
        return self._do(person, self._save, person, typed)

    def _save(self, person, typed):
        values = self._read_person_file(typed)
        closed = {name: values.pop(name) for name in ("education_level", "prescriber_id")}
        person.identity_id.write(values)
        person._relay_file(closed)

    @http.route(f"{PERSON}/exit", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_exit(self, person_id, **typed):
        person = self._own_person(person_id)
        return self._do(person, self._exit, person, typed)

    def _exit(self, person, typed):
        names = labels(person, "exit_kind", "exit_date")
        kinds = {value: value for value, _label in selection(person, "exit_kind")}
        person._relay_file(
            {
                "exit_kind": read_choice(typed, "exit_kind", names["exit_kind"], kinds, required=False),
                "exit_date": read_day(typed, "exit_date", names["exit_date"]),
            }
        )

    @http.route(f"{PERSON}/proof", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_proof(self, person_id, **typed):
        person = self._own_person(person_id)
        return self._do(person, self._record_proof, person, typed)

    @http.route(f"{PERSON}/proof/<int:proof_id>/remove", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_proof_remove(self, person_id, proof_id, **_kw):
        person = self._own_person(person_id)
        proof = person.proof_ids.filtered(lambda proof: proof.id == proof_id)
        if not proof:
            raise request.not_found()
        return self._do(person, person._take_back_proof, proof)

    @http.route(f"{PERSON}/merge", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_person_merge(self, person_id, **_kw):
        person = self._own_person(person_id)
        return self._do(person, person.identity_id.action_merge_duplicates)
