from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .form_values import labels, read_choice, read_text
from .portal_base import InsertionPortalBase

MODEL = "clause.insertion.training.registration"


class InsertionTrainingPortal(InsertionPortalBase):
    """A session: who is registered by the user's structure, and a form to register somebody else."""

    @http.route("/my/insertion-training/<int:training_id>", type="http", auth="user", methods=["GET"], website=True)
    def portal_insertion_training(self, training_id, **_kw):
        training = self._own("clause.insertion.training", training_id)
        partner = request.env.user.commercial_partner_id
        registrations = request.env[MODEL].search([("training_id", "=", training.id)])
        is_invited = partner in training.sudo().invited_ids  # sudo: the list of structures, of which only this is told
        values = self._prepare_portal_layout_values() | {
            "page_name": "insertion_training",
            "training": training,
            "registrations": registrations,
            "may_register": is_invited and training._takes_registrations(),
            "people": self._people(training),
            "error": request.session.pop("insertion_error", None),
            "typed": {},
        }
        return request.render("clause_insertion.portal_insertion_training", values)

    def _people(self, training):
        """``[(value, label)]`` of those who may still be registered."""
        registered = training.sudo().registration_ids.filtered(lambda r: r.state != "cancelled").participant_id
        people = training._registrable_people().filtered(lambda person: person not in registered)
        return [(str(person.id), f"{person.name} {person.person_name or ''}".strip()) for person in people]

    @http.route(
        "/my/insertion-training/<int:training_id>/register", type="http", auth="user", methods=["POST"], website=True
    )
    def portal_insertion_training_register(self, training_id, **typed):
        training = self._own("clause.insertion.training", training_id)
        return self._run_action(training, self._register, training, typed)

    def _register(self, training, typed):
        names = labels(request.env[MODEL], "attendee_name", "participant_id")
        values = {"training_id": training.id}
        if "participant" in typed:
            people = {value: int(value) for value, _label in self._people(training)}
            values["participant_id"] = read_choice(typed, "participant", names["participant_id"], people)
        else:
            values["attendee_name"] = read_text(typed, "attendee_name", names["attendee_name"], required=True, most=100)
        request.env[MODEL].create(values)

    def _own_registration(self, training_id, registration_id):
        registration = self._own(MODEL, registration_id)
        if registration.training_id.id != training_id:
            raise NotFound()
        return registration

    @http.route(
        "/my/insertion-training/<int:training_id>/cancel/<int:registration_id>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_insertion_training_cancel(self, training_id, registration_id, **_kw):
        registration = self._own_registration(training_id, registration_id)
        return self._run_action(registration.training_id, registration.action_cancel)

    @http.route(
        "/my/insertion-training/<int:training_id>/certificate/<int:registration_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_insertion_training_certificate(self, training_id, registration_id, **_kw):
        registration = self._own_registration(training_id, registration_id)
        if registration.state != "attended":
            raise NotFound()
        report = "clause_insertion.clause_insertion_training_certificate_report"
        return self._show_report(registration, "pdf", report, download=True)
