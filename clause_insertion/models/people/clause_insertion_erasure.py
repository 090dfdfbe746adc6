from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ...engine.months import first_day, last_day
from ...engine.retention import announced_for, is_due, unlinked_pseudonym
from ...tools.base.button import button
from ...tools.base.days import region_today, region_zone, sql_day
from ...tools.people.anonymisation import Anonymisation
from ...tools.people.audit import warn_managers
from ...tools.people.person_data import card, sheet, workbook
from .res_partner import SENSITIVE_PRESCRIBERS

ACTIVITY = "clause_insertion.mail_activity_type_erasure"
IDENTITY_DATA = ("firstname", "lastname", "birthdate", "phone", "email", "street", "zip", "city")
PERSON_DATA = ("name", "facilitator_id", "gender", "birth_year", "education_level", "public_ids", "prescriber_id")
PERSON_DATA += ("eligibility_start", "eligibility_end", "exit_kind", "exit_date", "create_date")
PROOF_DATA = ("public_id", "expected_proof", "issued_on", "seen_on", "seen_by_id")
EMPLOYMENT_DATA = ("employer_id", "clause_ids", "contract_type", "execution_mode", "date_start", "date_end", "state")
EMPLOYMENT_DATA += ("refusal", "end_reason")
BATCH = 50  # people erased in one transaction


class ClauseInsertionErasure(models.Model):
    """The erasure of a person's data: announced to the relay, then carried out, or cancelled.

    Written by the scheduled job and by the relay's buttons alone. Once done, what it points to has another pseudonym:
    it keeps the trace of an erasure, and of nobody.
    """

    _name = "clause.insertion.erasure"
    _description = "Erasure of a person's data"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.notification.mixin"]
    _order = "due_on, id"

    participant_id = fields.Many2one(
        "clause.insertion.participant",
        "Person",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        ondelete="cascade",
        locked=True,
    )
    person_name = fields.Char(
        "Name",
        compute="_compute_person_name",
        groups="clause_insertion.group_clause_insertion_facilitator,base.group_portal",
    )
    company_id = fields.Many2one(related="participant_id.company_id", store=True, index=True)
    facilitator_id = fields.Many2one(related="participant_id.facilitator_id", store=True, index=True)
    reason = fields.Selection(
        [("inactivity", "No activity"), ("request", "The person asked for it")],
        required=True,
        readonly=True,
        copy=False,
        locked=True,
    )
    announced_on = fields.Date("Announced on", required=True, readonly=True, copy=False, locked=True)
    due_on = fields.Date(
        "Erased from", readonly=True, copy=False, index=True, locked=True, help="The first day on which it may be done."
    )
    state = fields.Selection(
        [("announced", "Announced"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="announced",
        copy=False,
        index=True,
        locked=True,
    )
    closed_on = fields.Date("Done or cancelled on", readonly=True, copy=False, locked=True)
    user_id = fields.Many2one("res.users", "Asked by", readonly=True, copy=False, locked=True)
    may_answer = fields.Boolean(compute="_compute_may_answer", export_string_translation=False)

    _one_announced = models.UniqueIndex("(participant_id) WHERE state = 'announced'", "It is already announced.")

    @api.depends("participant_id.name")
    def _compute_display_name(self):
        for erasure in self:
            erasure.display_name = erasure.participant_id.name

    @api.depends_context("uid")
    @api.depends("participant_id")
    def _compute_person_name(self):
        for erasure in self:
            erasure.person_name = erasure.participant_id.person_name

    @api.depends_context("uid")
    @api.depends("state", "facilitator_id")
    def _compute_may_answer(self):
        for erasure in self:
            erasure.may_answer = erasure.state == "announced" and erasure.participant_id._is_followed()

    def _lock_message(self, names):
        return self.env._("An erasure is announced, cancelled and carried out by the program and its buttons.")

    # -- buttons of the relay ----------------------------------------------------------------------

    @button(lambda erasure: erasure.state == "cancelled")
    def action_still_followed(self):
        """The relay says so: that is an activity, logged as any other, and the announcement falls."""
        people = self.participant_id
        people._check_followed()
        note = self.env._("Still followed: the person's data are kept.")
        self.env["clause.insertion.contact"].create(
            [{"participant_id": person.id, "company_id": person.company_id.id, "subject": note} for person in people]
        )
        # sudo: the relay was checked above; erasures are closed to direct writing
        self.sudo().filtered(lambda erasure: erasure.state == "announced")._close("cancelled")

    @api.model
    def _ask(self, person):
        """The person asked its relay for it: done at once, or kept until nothing is against it.

        :return: an empty text once done, else why and until when the data are kept
        """
        person._check_followed()
        person._check_not_anonymised()
        # sudo: the relay was checked above; erasures are closed to direct writing
        erasure = self.sudo().search([("participant_id", "=", person.id), ("state", "=", "announced")])
        erasure = erasure or erasure.create({"participant_id": person.id, **self._announcement("request", False)})
        reasons = self.sudo()._reasons_to_keep(person.sudo())
        until = max((day for day, _text in reasons if day), default=False)
        is_open_ended = any(not day for day, _text in reasons)
        due_on = False if is_open_ended else until or self._today()
        erasure.write({"reason": "request", "user_id": self.env.user.id, "due_on": due_on})
        if not reasons:
            erasure._erase()
        return "\n".join(text for _day, text in reasons)

    # -- what is known of the person, handed to the person -----------------------------------------

    @api.model
    def _export(self, person):
        """The content of a workbook, for the relay that follows the person; that it was made is written down."""
        person._check_followed()
        known = person.sudo()  # the relay was checked above: this is its file, for the person that it is about
        known.message_post(
            body=self.env._("The person's data were exported, to be handed over."),
            author_id=self.env.user.partner_id.id,
        )
        return workbook(self.sudo().with_context(active_test=False)._data_sheets(known.with_context(active_test=False)))

    @api.model
    def _data_sheets(self, person):
        """``[(title, rows)]`` of all that is kept of the person; each room adds its own. Under sudo."""
        identity, handovers = person.identity_ids, self.env["clause.insertion.handover"]
        about = [("participant_id", "=", person.id)]
        return [
            card(self.env._("Person"), (identity, IDENTITY_DATA), (person, PERSON_DATA)),
            sheet(self.env._("Proofs seen"), person.proof_ids, PROOF_DATA),
            sheet(self.env._("Work contracts"), person.employment_ids, EMPLOYMENT_DATA),
            sheet(self.env._("Contacts"), person.contact_ids, ("date", "kind", "subject", "note", "user_id")),
            sheet(self.env._("Handovers"), handovers.search(about), ("create_date", "from_id", "to_id", "reason")),
            sheet(self.env._("Messages"), person.message_ids, ("date", "author_id", "preview")),
            sheet(self.env._("Erasures"), self.search(about), ("announced_on", "reason", "due_on", "state")),
        ]

    # -- the scheduled job -------------------------------------------------------------------------
    # Each step commits what it did and finds by itself what is left: killed, it goes on the next time.

    @api.model
    def _cron_erase(self):
        warn_managers(self.env)
        idle = self._last_activities()
        self._cancel_revived(idle)
        self._announce(idle)
        self._carry_out(idle)

    @api.model
    def _today(self):
        return region_today(self)

    @api.model
    def _announcement(self, reason, due_on):
        return {"reason": reason, "announced_on": self._today(), "due_on": due_on, "user_id": False}

    @api.model
    def _delays(self, company):
        """``(months without activity, days of notice)`` in force today."""
        Parameter = self.env["clause.insertion.parameter"]
        return [int(Parameter._require(code, company=company)) for code in ("erasure_months", "erasure_notice_days")]

    @api.model
    def _cancel_revived(self, idle):
        """People who were active again since: nothing is left of the announcement but its trace."""
        announced = self.search([("state", "=", "announced"), ("reason", "=", "inactivity")])
        revived = announced.filtered(lambda erasure: not erasure._announced_for(idle))
        revived._close("cancelled")
        self.env["ir.cron"]._commit_progress(len(revived))

    def _announced_for(self, idle):
        return announced_for(self._today(), idle.get(self.participant_id.id), *self._delays(self.company_id))

    @api.model
    def _announce(self, idle):
        """One e-mail for each relay and day, naming pseudonyms alone; an activity for each person in the back office.

        A relay is told in the same transaction as its announcements are written.
        """
        known = self.search([("state", "=", "announced")]).participant_id
        people = self.env["clause.insertion.participant"].browse(idle) - known
        for (_company, _relay), group in people.grouped(lambda p: (p.company_id, p.facilitator_id)).items():
            delays = self._delays(group.company_id)
            days = {person: announced_for(self._today(), idle[person.id], *delays) for person in group}
            erasures = self.create(
                [
                    {"participant_id": person.id, **self._announcement("inactivity", day)}
                    for person, day in days.items()
                    if day
                ]
            )
            erasures._tell_relay()
            if not self.env["ir.cron"]._commit_progress(len(erasures)):
                break

    def _tell_relay(self):
        users = self._users_of(self.facilitator_id)
        quiet = self.with_context(mail_activity_quick_update=True)  # one e-mail for all, below
        for user in users.filtered(lambda user: user._is_internal()):
            for erasure in quiet:
                erasure.activity_schedule(ACTIVITY, erasure.due_on, user_id=user.id)
        recipients = users.partner_id.filtered("email") or self.facilitator_id.filtered("email")
        if self and recipients:
            self._send_announcement(recipients)

    def _send_announcement(self, recipients):
        company, relay = self.company_id, self.facilitator_id
        template = self.env.ref("clause_insertion.mail_template_erasure").with_company(company)
        template.with_context(insertion_erasures=self, insertion_due=self[0].due_on).send_mail(
            relay.id,
            email_values={
                "recipient_ids": [Command.set(recipients.ids)],
                "email_from": company.email_formatted or self.env.user.email_formatted,
            },
            email_layout_xmlid="mail.mail_notification_light",
        )

    @api.model
    def _carry_out(self, idle):
        """Those whose day has come, a batch at a time."""
        is_day = Domain("due_on", "=", False) | Domain("due_on", "<=", self._today())
        waiting = self.search(Domain("state", "=", "announced") & is_day)
        due = waiting.filtered(lambda erasure: erasure._is_due(idle))
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for start in range(0, len(due), BATCH):
            batch = due[start : start + BATCH].try_lock_for_update()
            batch._erase()
            if not cron._commit_progress(len(due[start : start + BATCH])):
                break

    def _is_due(self, idle):
        """Of a request: once nothing keeps the data any more, and after the months without activity in any case."""
        months, _notice = self._delays(self.company_id)
        is_old = is_due(self._today(), idle.get(self.participant_id.id), self.due_on or self.announced_on, months)
        return is_old or (self.reason == "request" and not self._reasons_to_keep(self.participant_id))

    def _erase(self):
        Anonymisation(self.participant_id).run()
        self._close("done")

    def _close(self, state):
        self._close_relay_activity(ACTIVITY)
        self.write({"state": state, "closed_on": self._today()})

    def _kept_message(self, reasons):
        """What the relay tells the person who asked."""
        return self.env._(
            "The request is noted; the data are erased by the program once it can be:\n%(why)s", why=reasons
        )

    # -- what shows that somebody is followed, what is against an erasure --------------------------
    # When data are erased is the engine's to say; what is looked at, and what is erased, each room's.

    @api.model
    def _activity_queries(self):
        """Queries of ``(person id, day)``: all that shows that somebody is followed; "infinity" is without an end.

        A contract that the relay has not confirmed counts until its end, or its first day: nobody is kept by a draft.
        """
        made_on = sql_day(SQL("create_date"), region_zone(self))
        return [
            SQL("SELECT id, GREATEST(%s, exit_date) FROM clause_insertion_participant", made_on),
            SQL(
                "SELECT participant_id,"
                "       COALESCE(date_end, CASE state WHEN 'confirmed' THEN 'infinity' ELSE date_start END)"
                "  FROM clause_insertion_employment WHERE state != 'refused'"
            ),
            SQL("SELECT participant_id, seen_on FROM clause_insertion_proof"),
            SQL("SELECT participant_id, %s FROM clause_insertion_handover", made_on),
            SQL(
                "SELECT participant_id, date FROM clause_insertion_contact"
                " WHERE participant_id IS NOT NULL AND date <= %s",
                self._today(),
            ),
        ]

    @api.model
    def _last_activities(self):
        """``{person id: day}`` of the people known who have no activity today or later, with those merged into them.

        One query, whatever the number of people: 3 million hours are read once.
        """
        self.env.flush_all()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT COALESCE(person.same_person_id, person.id), MAX(activity.day)
                      FROM clause_insertion_participant person
                      JOIN (%s) activity(person_id, day) ON activity.person_id = person.id
                     WHERE person.anonymised_on IS NULL
                     GROUP BY 1
                    HAVING MAX(activity.day) < %s
                    """,
                    SQL(" UNION ALL ").join(self._activity_queries()),
                    self._today(),
                )
            )
        )

    @api.model
    def _reasons_to_keep(self, person):
        """``[(until when, None if nobody knows; why, in words)]``: what is against an erasure that was asked for."""
        hires = person.with_context(active_test=False).employment_ids
        return [hire._reason_to_keep() for hire in hires if hire._lasts_on(self._today())]

    # -- copies ------------------------------------------------------------------------------------

    @api.model
    def _copies_until(self, company):
        """Copies made before are no longer kept: files of hours, e-mails. What was written from them stays."""
        months = self.env["clause.insertion.parameter"]._require("copy_months", company=company)
        return fields.Datetime.now() - relativedelta(months=int(months))

    @api.autovacuum
    def _gc_mails(self):
        """E-mails that Odoo keeps once sent, or that could not be sent: on the records of this addon."""
        ours = [("model", "=like", "clause.insertion%"), ("create_date", "<", self._copies_until(self.env.company))]
        self.env["mail.mail"].search([*ours, ("state", "!=", "outgoing")]).unlink()

    # -- what is erased, what stays ----------------------------------------------------------------

    @api.model
    def _telling_texts(self, people):
        """``(texts, telephone numbers)`` that would tell who these people are."""
        identities = people.identity_ids
        texts = [name for i in identities for name in (f"{i.firstname} {i.lastname}", f"{i.lastname} {i.firstname}")]
        texts += people.mapped("name") + identities.mapped("email") + identities.mapped("street")
        return texts, identities.mapped("phone")

    @api.model
    def _records_about(self, people):
        """Recordsets about these people: chatter, files, followers and activities on them are erased."""
        handovers = self.env["clause.insertion.handover"].search([("participant_id", "in", people.ids)])
        erasures = self.search([("participant_id", "in", people.ids)])
        own = [people.identity_ids, people.proof_ids, people.contact_ids, people.employment_ids]
        return [people, *own, handovers, erasures]

    @api.model
    def _forget(self, people):
        """Erase what is known of these people, and keep what figures read. Under sudo.

        Kept: sex, year of birth, level of education, kind of exit, publics and kind of prescriber, by which the
        analyses, statements and objectives of all years are given; the department; months instead of days.
        """
        people.employment_ids._forget_days_and_texts()  # before the people: eligibility is counted from hires
        for person in people:
            person.write(self._what_stays(person))
        people.identity_ids.unlink()
        people.proof_ids.unlink()
        people.contact_ids.unlink()
        self.env["clause.insertion.handover"].search([("participant_id", "in", people.ids)]).unlink()

    def _what_stays(self, person):
        kind = person.prescriber_id.insertion_prescriber_kind
        department = self.env["clause.insertion.territory"]._department_of_zip(person.identity_ids[:1].zip)
        return {
            "name": unlinked_pseudonym(),
            "anonymised_on": self._today(),
            "department_id": department.id,
            "prescriber_kind": "OTHER" if kind in SENSITIVE_PRESCRIBERS else kind,
            "prescriber_id": False,
            "exit_date": person.exit_date and first_day(person.exit_date),
            "eligibility_start": person.eligibility_start and first_day(person.eligibility_start),
            "eligibility_end": person.eligibility_end and last_day(person.eligibility_end),
            "same_person_id": False,
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_trace(self):
        if any(erasure.state == "done" for erasure in self):
            raise UserError(self.env._("The trace of an erasure is kept."))
