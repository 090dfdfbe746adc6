from ..common import InsertionCommon

ROLES = (
    "buyer",
    "reader",
    "facilitator",
    "officer",
    "manager",
    "contractor",
    "portal_relay",
    "employee",
    "accountant",
    "purchase_manager",
    "contact_manager",
)


class EveryModelCase(InsertionCommon):
    """Two relays, each with a contractor of its own, and a record of each model around each: `own` and `other`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_accountant = cls._new_user("accountant", "account.group_account_invoice")
        cls.user_contact_manager = cls._new_user("contact_manager", "base.group_partner_manager")
        cls.commune = cls.env["clause.insertion.commune"].create({"code": "86194", "name": "Poitiers"})
        cls.own = cls._new_world(cls.relay, cls.contractor, "86000")
        cls.other = cls._new_world(cls.other_relay, cls.other_contractor, "16000")

    @classmethod
    def _new_world(cls, relay, contractor, place_zip):
        """One record of each model, around one relay and one contractor."""
        clause = cls._new_running_clause(partner=contractor, place_zip=place_zip)
        person = cls._new_participant(relay)
        employment = cls._new_employment(person, clause)
        declaration = cls._new_declaration(clause, hours={person: 100})
        request, evidence = cls._new_request(clause), cls._new_request(clause)
        request.sudo().candidate_ids = [(0, 0, {"participant_id": person.id})]
        evidence.sudo()._leave_unanswered("no_answer")
        scale = cls.env.ref("clause_insertion.scale_education")
        asked = {"user_id": cls.user_facilitator.id, "facilitator_id": relay.id, "company_id": cls.company.id}
        question = cls.env["clause.insertion.question"].create({**asked, "asked_on": "2026-10-01 08:00:00"})
        records = [clause, person, person.identity_ids, person.proof_ids, employment, declaration, declaration.line_ids]
        records += [request, request.candidate_ids, evidence.evidence_ids]
        records += [question, *cls._new_erasure(person), *cls._new_network(relay, contractor)]
        change = {"purchase_order_id": clause.purchase_order_id.id, "name": "Avenant", "duration": 8}
        records += cls.env["clause.insertion.contract.modification"].create(change)
        records += cls._new_applied_penalty(clause)
        records += cls._new_certificate(contractor, place_zip)
        records += [cls.masonry, cls.vienne, cls.commune, scale, scale.line_ids[0]]
        records += [
            cls.env.ref(f"clause_insertion.{name}")
            for name in (
                "public_rsa",
                "exemption_no_link",
                "parameter_fte_base",
                "ccag_works",
                "clause_text_rc_annex",
                "essential_price_firm",
            )
        ]
        return {record._name: record for record in records}

    @classmethod
    def _new_erasure(cls, person):
        """Announced to the relay of the person."""
        day = {"announced_on": "2026-10-05", "due_on": "2026-11-04"}
        return cls.env["clause.insertion.erasure"].create({"participant_id": person.id, "reason": "inactivity", **day})

    @classmethod
    def _new_applied_penalty(cls, clause):
        penalty = cls._new_penalty(clause, clause.penalty_rule_ids[0])
        officer = penalty.with_user(cls.user_officer)
        officer.action_notify()
        officer.action_reply("Reçu.")
        officer.action_apply("Manquement établi.")
        return [penalty, penalty.rule_id]

    @classmethod
    def _new_certificate(cls, contractor, place_zip):
        """Of another clause, which is over."""
        clause = cls._new_running_clause(partner=contractor, place_zip=place_zip)
        clause.action_strike_balance()
        clause.with_user(cls.user_officer).action_certify()
        return clause.certificate_id

    @classmethod
    def _new_network(cls, relay, contractor):
        """What ties the Region and the relay."""
        convention = cls._new_convention(
            relay,
            amendment_ids=[(0, 0, {"name": "Avenant"})],
            instalment_ids=[(0, 0, {"date_due": "2026-12-01", "amount": 1000})],
        )
        charter = cls.env["clause.insertion.charter"].create({"name": f"Charte, {relay.name}"})
        charter.signatory_ids = [(0, 0, {"partner_id": partner.id}) for partner in (relay, contractor)]
        charter.action_publish()
        meeting = cls._new_meeting(relay, contractor, decision_ids=[(0, 0, {"name": "Décision"})])
        training = cls._new_training(relay, contractor)
        registration = cls._new_registration(training, contractor, relay)
        return [
            cls.env["clause.insertion.objective"].create({"year": 2026, "target": 1}),
            meeting,
            meeting.decision_ids,
            training,
            registration,
            convention,
            convention.amendment_ids,
            convention.instalment_ids,
            convention.template_id,
            charter,
            charter.signatory_ids[0],
        ]

    @classmethod
    def _new_registration(cls, training, contractor, relay):
        """By the contractor, of a person of the relay: both see it."""
        values = {"partner_id": contractor.id, "participant_id": cls._new_participant(relay).id}
        return cls._register(training, cls.user_manager, **values)

    def _user(self, role):
        return getattr(self, f"user_{role}")
