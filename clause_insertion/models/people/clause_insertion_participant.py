from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, format_date

from ...engine import eligibility
from ...tools.base.days import region_today
from .res_partner import PRESCRIBER_KINDS

EDUCATION_LEVELS = [
    ("00", "00 Personne avec qualifications non-certifiantes"),
    ("01", "01 Pas de formation au-delà de la scolarité obligatoire"),
    ("10", "10 Troisième cycle ou école d'ingénieur"),
    ("20", "20 Licence"),
    ("30", "30 BTS ou DUT"),
    ("40", "40 BAC général"),
    ("41", "41 Brevet de technicien ou baccalauréat professionnel"),
    ("50", "50 CAP ou BEP"),
    ("51", "51 Diplôme national du brevet"),
    ("60", "60 Formation courte d'une durée d'un an"),
    ("70", "70 Certificat de formation générale"),
]
# Portal users are relays and employers alike: what an employer has no need to know is closed to both.
FIGURES_GROUPS = "clause_insertion.group_clause_insertion_user,clause_insertion.group_clause_insertion_facilitator"
RELAY_GROUPS = "clause_insertion.group_clause_insertion_facilitator"
# What a relay notes of its people and no employer may know: closed to portal users by the groups of the fields.
FILE_FIELDS = ("prescriber_id", "education_level", "exit_kind", "exit_date")


class ClauseInsertionParticipant(models.Model):
    """A person, under a pseudonym. Names live in ``clause.insertion.identity`` alone."""

    _name = "clause.insertion.participant"
    _description = "Participant"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.chatter.mixin"]
    _order = "name desc"

    name = fields.Char("Pseudonym", required=True, readonly=True, copy=False, default="/", locked="_is_created")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, locked="_is_created"
    )
    facilitator_id = fields.Many2one(
        "res.partner",
        "Relay",
        required=True,
        index=True,
        domain=[("is_insertion_facilitator", "=", True)],
        default=lambda self: self._default_facilitator(),
        tracking=True,
        locked="_is_created",
    )
    identity_ids = fields.One2many(
        "clause.insertion.identity",
        "participant_id",
        string="Identities",
        groups=RELAY_GROUPS,
        export_string_translation=False,
    )
    identity_id = fields.Many2one(
        "clause.insertion.identity",
        compute="_compute_identity",
        groups="clause_insertion.group_clause_insertion_facilitator,base.group_portal",
    )
    person_name = fields.Char(
        "Person",
        compute="_compute_identity",
        groups="clause_insertion.group_clause_insertion_facilitator,base.group_portal",
        help="Shown only to those who may read the identity.",
    )
    proof_ids = fields.One2many("clause.insertion.proof", "participant_id", string="Proofs seen")
    public_ids = fields.Many2many(
        "clause.insertion.public", string="Publics", help="Why the person is eligible.", groups=RELAY_GROUPS
    )
    prescriber_id = fields.Many2one(
        "res.partner",
        domain=[("is_insertion_prescriber", "=", True)],
        help="Who sent the person to the relay.",
        groups=RELAY_GROUPS,
    )
    gender = fields.Selection([("female", "Woman"), ("male", "Man"), ("other", "Not stated")], default="other")
    birth_year = fields.Integer("Year of birth", aggregator=None)
    education_level = fields.Selection(EDUCATION_LEVELS, "Level of education", groups=FIGURES_GROUPS)
    employment_ids = fields.One2many("clause.insertion.employment", "participant_id", string="Work contracts")
    candidate_ids = fields.One2many("clause.insertion.candidate", "participant_id", string="Proposed for")
    contact_ids = fields.One2many("clause.insertion.contact", "participant_id", string="Contacts", groups=RELAY_GROUPS)
    eligibility_start = fields.Date(
        "Eligible from",
        compute="_compute_eligibility_start",
        store=True,
        readonly=False,
        tracking=True,
        help="First hire under any clause.",
    )
    eligibility_end = fields.Date(
        "Eligible until",
        compute="_compute_eligibility_end",
        index="btree_not_null",
        store=True,
        readonly=False,
        tracking=True,
        help="Last day, included.",
    )
    is_proven = fields.Boolean(
        "Eligibility seen",
        compute="_compute_is_proven",
        compute_sudo=True,  # whoever sees the person may know that a proof was seen, not which
        search="_search_is_proven",
        help="A proof was seen, fresh on the day of the first hire, or today for somebody not hired yet.",
    )
    exit_kind = fields.Selection(
        [
            ("sustainable", "Lasting employment"),
            ("transition", "Transitional employment"),
            ("positive", "Other positive exit"),
            ("other", "Other exit"),
        ],
        "Exit",
        tracking=True,
        groups=FIGURES_GROUPS,
    )
    exit_date = fields.Date("Exit on", groups=FIGURES_GROUPS)
    active = fields.Boolean(default=True)
    # The chatter is part of the file that the relay keeps: readers see the pseudonym, not what is said of the person.
    message_ids = fields.One2many(groups=RELAY_GROUPS)
    website_message_ids = fields.One2many(groups=RELAY_GROUPS)
    message_follower_ids = fields.One2many(groups=RELAY_GROUPS)
    message_partner_ids = fields.Many2many(groups=RELAY_GROUPS)
    message_attachment_count = fields.Integer(groups=RELAY_GROUPS)
    activity_ids = fields.One2many(groups=RELAY_GROUPS)
    same_person_id = fields.Many2one(
        "clause.insertion.participant",
        "Merged into",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        locked=True,
    )
    erasure_ids = fields.One2many(
        "clause.insertion.erasure", "participant_id", string="Erasures", copy=False, export_string_translation=False
    )
    anonymised_on = fields.Date("Anonymised on", readonly=True, copy=False, index="btree_not_null", locked=True)
    # What stays of the file of somebody who was anonymised, because figures are given by it.
    prescriber_kind = fields.Selection(
        PRESCRIBER_KINDS, "Kind of prescriber kept", readonly=True, copy=False, groups=RELAY_GROUPS, locked=True
    )
    department_id = fields.Many2one(
        "clause.insertion.territory",
        "Department of residence kept",
        readonly=True,
        copy=False,
        groups=RELAY_GROUPS,
        locked=True,
    )
    access_url = fields.Char(compute="_compute_access_url", export_string_translation=False)

    _name_unique = models.UniqueIndex("(name)", "This pseudonym is already used.")
    _eligibility_order = models.Constraint(
        "CHECK (eligibility_end >= eligibility_start)", "Eligibility cannot end before it starts."
    )

    def _default_facilitator(self):
        partner = self.env.user.partner_id.commercial_partner_id
        return partner if partner.is_insertion_facilitator else False

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"].sudo()  # a portal relay has no right on sequences
        return super().create(
            [{**vals, "name": sequence.next_by_code("clause.insertion.participant")} for vals in vals_list]
        )

    def _is_locked(self, name):
        """Of somebody who was anonymised, nothing changes any more."""
        return super()._is_locked(name) or any(person.anonymised_on for person in self.sudo())

    def _lock_message(self, names):
        if any(person.anonymised_on for person in self.sudo()):
            return self._anonymised_message()
        if names == ["facilitator_id"]:
            return self.env._("A person goes to another relay with “Hand over”, so that both see it.")
        return super()._lock_message(names)

    @api.constrains("birth_year")
    def _check_birth_year(self):
        this_year = region_today(self).year
        for participant in self.filtered("birth_year"):
            if not eligibility.is_working_age(participant.birth_year, this_year):
                raise ValidationError(
                    self.env._("%(year)s is not the birth year of somebody who may work.", year=participant.birth_year)
                )

    @api.constrains("exit_kind", "exit_date")
    def _check_exit(self):
        today = region_today(self)
        for person in self.sudo():  # rules on two closed fields, whoever writes
            if person.exit_kind and not person.exit_date:
                raise ValidationError(self.env._("Say on which day the pathway ended."))
            if person.exit_date and person.exit_date > today:
                raise ValidationError(self.env._("A pathway that ends in the future has not ended."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_employed(self):
        if self.sudo().employment_ids:
            raise UserError(
                self.env._("A person who has had a work contract is kept: their hours count. Archive instead.")
            )

    def _compute_access_url(self):
        for person in self:
            person.access_url = f"/my/insertion-people/{person.id}"

    @api.depends_context("uid")
    @api.depends("identity_ids.firstname", "identity_ids.lastname")
    def _compute_identity(self):
        """Read with the user's own rights: who may not see the identity gets nothing."""
        Identity = self.env["clause.insertion.identity"].sudo(False)
        visible = Identity.search_fetch([("participant_id", "in", self.ids)], ["participant_id", "display_name"])
        by_participant = {identity.participant_id.id: identity for identity in visible}
        for participant in self:
            identity = by_participant.get(participant.id, Identity)
            participant.identity_id = identity
            participant.person_name = identity.display_name or False

    # -- eligibility -------------------------------------------------------------------------------

    @api.depends("employment_ids.date_start", "employment_ids.state")
    def _compute_eligibility_start(self):
        """The first hire under any clause, unless the relay knows of an earlier one."""
        for participant in self:
            hires = participant.employment_ids.filtered(lambda hire: hire.state == "confirmed").mapped("date_start")
            participant.eligibility_start = participant.eligibility_start or min(hires, default=False)

    @api.depends("eligibility_start")
    def _compute_eligibility_end(self):
        Parameter = self.env["clause.insertion.parameter"]
        for participant in self:
            start = participant.eligibility_start
            months = start and Parameter._require("eligibility_months", start, participant.company_id)
            participant.eligibility_end = start and eligibility.eligibility_end(start, int(months))

    @api.depends("proof_ids.fresh_until", "eligibility_start")
    def _compute_is_proven(self):
        today = region_today(self)
        for participant in self:
            participant.is_proven = eligibility.has_fresh_proof(
                participant.proof_ids.mapped("fresh_until"), participant.eligibility_start or today
            )

    def _search_is_proven(self, operator, value):
        """``engine.eligibility.has_fresh_proof``, asked of the database."""
        if operator != "in":
            return NotImplemented
        self.flush_model(["eligibility_start"])
        self.env["clause.insertion.proof"].flush_model(["fresh_until", "participant_id"])
        proven = SQL(
            """(
                SELECT person.id
                  FROM clause_insertion_participant AS person
                  JOIN clause_insertion_proof AS proof ON proof.participant_id = person.id
                 WHERE COALESCE(proof.fresh_until, 'infinity') >= COALESCE(person.eligibility_start, %s)
            )""",
            region_today(self),
        )
        return [("id", "in", proven)]

    @api.model
    def _warning_day(self):
        """Until when an end of eligibility is near."""
        today = region_today(self)
        days = self.env["clause.insertion.parameter"]._require("eligibility_warning_days", today, self.env.company)
        return today + timedelta(days=int(days))

    @api.model
    def _eligible_on(self, day):
        """Domain of the people who may be hired on ``day``: proven, and not at the end of their period."""
        return [("is_proven", "=", True), "|", ("eligibility_end", "=", False), ("eligibility_end", ">=", day)]

    @api.model
    def _situations(self):
        """Domains by situation; a person may be in several."""
        today = region_today(self)
        return {
            "eligible": self._eligible_on(today),
            "to_verify": [("is_proven", "=", False)],
            "ending": [("eligibility_end", ">=", today), ("eligibility_end", "<=", self._warning_day())],
            "erasing": [("erasure_ids.state", "=", "announced")],
        }

    def _situation(self):
        """``(situation, its label)`` of one person."""
        today = region_today(self)
        code = eligibility.situation(today, self.is_proven, self.eligibility_end, self._warning_day())
        labels = {
            "to_verify": self.env._("To verify"),
            "ended": self.env._("No longer eligible"),
            "ending": self.env._("Ending soon"),
            "eligible": self.env._("Eligible"),
        }
        return code, labels[code]

    # -- the person at its relay -------------------------------------------------------------------

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Messages and activities about a person: for those who keep its file."""
        return dict.fromkeys(self, "write")

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Whoever follows a person receives what is said of it, attachments included: the people of its relay alone."""
        for person in self.sudo():  # only whether the partners are its relay's
            partners = self.env["res.partner"].sudo().browse(partner_ids or ())
            own = partners.filtered(lambda one, relay=person.facilitator_id: one.commercial_partner_id == relay)
            if own:
                super(ClauseInsertionParticipant, person)._message_subscribe(own.ids, subtype_ids, customer_ids)
        return True

    def _with_open_files(self):
        """The people whose attachments the user may reach."""
        return self._filtered_access("write")

    def _is_followed(self):
        """Whether the user works for the relay that follows these people."""
        partner = self.env.user.commercial_partner_id
        return (
            partner.is_insertion_facilitator
            and self.has_access("write")
            and all(person.facilitator_id == partner for person in self)
        )

    def _check_followed(self):
        if not self._is_followed():
            raise AccessError(self.env._("Only the relay that follows a person keeps its file."))

    def _check_case_file(self, is_in_file):
        if not is_in_file:
            raise AccessError(self.env._("Only the relay that follows a person keeps its file."))
        self._check_followed()

    def _case_file(self, values=None):
        """What only the person's relay may know: written if ``values`` are given, then returned.

        Relays and employers on the portal are one group, which the groups of these fields shut out. This method,
        which no browser can call, is the one way around: for the relay of the person, for these fields alone.

        :return: ``{field name: value}``, with the prescriber's name and the names of the publics
        """
        self.ensure_one()
        self._check_case_file(set(FILE_FIELDS).issuperset(values or ()))
        person = self.sudo()  # the relay and the fields were checked just above
        if values:
            self._check_not_anonymised()
            person.write(values)
        return {
            **{name: person[name] for name in FILE_FIELDS},
            "prescriber_id": person.prescriber_id.id,
            "prescriber": person.prescriber_id.name,
            "publics": person.public_ids.mapped("name"),
        }

    def _take_back_proof(self, proof):
        """A proof noted by mistake: what it says goes with it, unless another proof says it too."""
        self.ensure_one()
        self._check_case_file(proof.participant_id == self)
        public = proof.public_id
        proof.unlink()
        if public not in self.proof_ids.public_id:
            self.sudo().public_ids -= public  # the relay was checked above; closed to portal users, as the file is

    # -- two records of one person -----------------------------------------------------------------

    def _absorb(self, other):
        """Take over the contracts, proofs, trainings of another record of the same person. Under sudo."""
        other.employment_ids.participant_id = self
        other.proof_ids.participant_id = self
        requests = self.candidate_ids.recruitment_id
        other.candidate_ids.filtered(lambda c: c.recruitment_id not in requests).participant_id = self
        Registration = self.env["clause.insertion.training.registration"]
        kept = Registration.search([("participant_id", "=", self.id), ("state", "!=", "cancelled")]).training_id
        moved = Registration.search([("participant_id", "=", other.id)])
        moved.filtered(lambda registration: registration.training_id not in kept).participant_id = self
        self.public_ids |= other.public_ids
        self.message_post(body=self._same_person(other))
        other.write({"active": False})
        merged = self.with_context(active_test=False).search([("same_person_id", "=", other.id)])
        (other | merged).same_person_id = self  # what becomes of the person becomes of them

    def _same_person(self, other):
        return self.env._("%(old)s is the same person as %(kept)s", old=other.name, kept=self.name)

    # -- somebody whose data were erased -----------------------------------------------------------

    def _anonymised_message(self):
        day = format_date(self.env, max(person.anonymised_on for person in self.sudo() if person.anonymised_on))
        return self.env._("This person was anonymised on %(date)s: nothing can be noted any more.", date=day)

    def _check_not_anonymised(self):
        if any(person.anonymised_on for person in self.sudo()):
            raise UserError(self._anonymised_message())
