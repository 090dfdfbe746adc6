from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, float_compare, hmac

from ...engine.certificate_code import new_code, typed_code
from ...engine.certificate_seal import canonical
from ...tools.base.button import button, same_text
from ...tools.base.days import region_day, region_today
from ..base.clause_insertion_lock_mixin import KEPT
from ..clause.clause_insertion import LEVERS

SEAL = "clause_insertion.certificate"
# What identifies the contract and its contractor: the public page says which of them the clause no longer bears out.
IDENTITY = ("contractor_name", "contractor_number", "contract_name", "contract_object", "lot", "clause_name")
IDENTITY += ("lever", "date_start", "date_end")
SEALED = (*IDENTITY, "hours_due", "hours_validated", "region_name", "region_number", "relay_name")
SEALED += ("code", "delivered_on", "delivered_at")
# A person's name: not for contractors and relays.
STAFF = {**KEPT, "groups": "base.group_user"}


class ClauseInsertionCertificate(models.Model):
    """What the ledger and the contract said when the certificate was delivered, sealed; it may be withdrawn.

    The seal is a HMAC, keyed with the database's secret, not a bare hash: the facts and the code are printed, so
    that whoever writes in the table could make a new hash for other facts, and cannot make a new seal. A copy of
    the database has another secret, and so vouches for nothing: a certificate that is delivered, changed or
    withdrawn in a test copy must not pass for one of the Region's.
    """

    _name = "clause.insertion.certificate"
    _description = "Certificate of an insertion clause"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "id desc"
    _rec_name = "code"
    _rec_names_search = ["code", "clause_name", "contract_name", "contractor_name"]

    clause_id = fields.Many2one("clause.insertion", required=True, index=True, ondelete="restrict", **KEPT)
    company_id = fields.Many2one(related="clause_id.company_id", store=True, precompute=True, index=True)
    code = fields.Char(
        "Verification code", required=True, help="Anyone can check the certificate with this code.", **KEPT
    )
    delivered_on = fields.Date("Certified on", required=True, **KEPT)
    delivered_at = fields.Datetime(
        "Ledger as of", required=True, help="Hours validated or reversed later are not in it.", **KEPT
    )
    delivered_by = fields.Many2one("res.users", "Certified by", **STAFF)
    region_name = fields.Char("Region", **KEPT)
    region_number = fields.Char("SIRET of the Region", **KEPT)
    contractor_name = fields.Char("Contractor", **KEPT)
    contractor_number = fields.Char("SIRET or VAT number of the contractor", **KEPT)
    relay_name = fields.Char("Relay that validated the hours", **KEPT)
    contract_name = fields.Char("Contract", **KEPT)
    contract_object = fields.Char("Object of the contract", **KEPT)
    lot = fields.Char(**KEPT)
    clause_name = fields.Char("Clause's reference", **KEPT)
    lever = fields.Selection(LEVERS, **KEPT)
    date_start = fields.Date("Start", **KEPT)
    date_end = fields.Date("End", **KEPT)
    hours_due = fields.Float("Hours due", **KEPT)
    hours_validated = fields.Float(
        "Hours validated", help="Counted in the ledger: validated, less what was reversed.", **KEPT
    )
    seal = fields.Char(**KEPT)
    withdrawn_on = fields.Date("Withdrawn on", **KEPT)
    withdrawn_by = fields.Many2one("res.users", "Withdrawn by", **STAFF)
    withdrawal_reason = fields.Char(
        "Reason of the withdrawal", help="Public: anyone who has the code reads it. Do not name anybody.", **KEPT
    )
    is_sealed = fields.Boolean(
        "Seal intact", compute="_compute_is_sealed", help="What is kept is what was sealed on delivery or withdrawal."
    )

    _code_unique = models.Constraint("UNIQUE (code)", "This verification code is already used.")
    _one_valid = models.UniqueIndex("(clause_id) WHERE withdrawn_on IS NULL", "This clause already has a certificate.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_delivered(self):
        raise UserError(self.env._("A certificate that was delivered is kept: withdraw it, with a reason."))

    # -- delivered, withdrawn: for whoever has checked the user's rights, as superuser -------------------

    @api.model
    def _deliver(self, facts_by_clause, **values):
        """One certificate for each clause, of these facts; ``values`` tell when and by whom it was delivered."""
        certificates = self.create(
            [
                {"clause_id": clause.id, "code": new_code(), **values, **facts}
                for clause, facts in facts_by_clause.items()
            ]
        )
        certificates._set_seal()
        return certificates

    def _withdraw(self, reason):
        self.write(
            {
                "withdrawn_on": region_today(self),
                "withdrawn_by": self.env.user.id,
                "withdrawal_reason": reason,
            }
        )
        for certificate in self:
            certificate.seal = certificate._withdrawal_seal(certificate.seal)
        self.flush_recordset()  # the clause has no valid one from here on, in the database as well

    # -- seal ----------------------------------------------------------------------------------------

    def _set_seal(self):
        for certificate in self:
            certificate.seal = certificate._delivery_seal()

    def _delivery_seal(self):
        return self._sealed_text({name: self[name] for name in SEALED})

    def _withdrawal_seal(self, seal):
        """On top of the seal of the delivery: a broken one stays so, and a withdrawal cannot be taken back."""
        return self._sealed_text(
            {"seal": seal, "withdrawn_on": self.withdrawn_on, "withdrawal_reason": self.withdrawal_reason}
        )

    def _sealed_text(self, facts):
        # sudo: the database's secret keys the seal, and is given to nobody
        return hmac(self.sudo().env, SEAL, canonical(facts))

    @api.depends("seal", "withdrawn_on", "withdrawal_reason", *SEALED)
    def _compute_is_sealed(self):
        for certificate in self:
            seal = certificate._delivery_seal()
            if certificate.withdrawn_on or certificate.withdrawal_reason:
                seal = certificate._withdrawal_seal(seal)
            certificate.is_sealed = consteq(seal, certificate.seal or "")

    # -- what anyone may check -----------------------------------------------------------------------

    @api.model
    def _public_answer(self, typed):
        """What a verification code shows to anyone: never a person, nor anything beyond the certificate.

        :return: ``None`` where it is no code of ours; ``{"verdict": "broken"}`` where what is kept is not what was
            sealed, and so nothing of it is shown; else ``"valid"`` or ``"withdrawn"`` with the sealed facts and
            what has changed since

        sudo: whoever has the code was handed the certificate; only the values below leave this method.
        """
        code = typed_code(typed)
        certificate = code and self.sudo().search([("code", "=", code)])
        if not certificate:
            return None
        if not certificate.is_sealed:
            return {"verdict": "broken"}
        return {
            "verdict": "withdrawn" if certificate.withdrawn_on else "valid",
            **{name: certificate[name] for name in SEALED if name != "delivered_at"},
            "lever": certificate._lever_name(),
            "withdrawn_on": certificate.withdrawn_on,
            "withdrawal_reason": certificate.withdrawal_reason,
            **certificate._changes(),
        }

    def _lever_name(self):
        return dict(self._fields["lever"]._description_selection(self.env)).get(self.lever)

    def _changes(self):
        """What the certificate says and the clause no longer does.

        :return: the labels of what identifies the contract and of the hours due; the day since which the ledger
            has other hours, or False
        """
        facts = self.clause_id._facts_to_certify()[self.clause_id]
        changed = [name for name in IDENTITY if (facts[name] or False) != (self[name] or False)]
        changed += ["hours_due"] if float_compare(facts["hours_due"], self.hours_due, precision_rounding=0.01) else []
        has_other_hours = float_compare(facts["hours_validated"], self.hours_validated, precision_rounding=0.01)
        labels = [self._fields[name]._description_string(self.env) for name in changed]
        return {"changed": labels, "hours_changed_on": has_other_hours and self._first_line_since()}

    def _first_line_since(self):
        """The day of the first hours validated or reversed after the certificate, never before its own."""
        since = [("clause_insertion_id", "=", self.clause_id.id), ("insertion_state", "=", "validated")]
        since += [("insertion_recorded_on", ">", self.delivered_at)]
        line = self.env["account.analytic.line"].search(since, order="insertion_recorded_on", limit=1)
        day = line and region_day(self, line.insertion_recorded_on)
        return max(day or self.delivered_on, self.delivered_on)

    # -- buttons -------------------------------------------------------------------------------------

    @button(lambda given, reason=None: given.withdrawn_on and same_text(given.withdrawal_reason, reason))
    def action_withdraw(self, reason=None):
        """It is no longer worth anything, and its page says why; the clause can be corrected and certified again."""
        self.ensure_one()
        self.clause_id._check_certifier()
        if self.withdrawn_on:
            raise UserError(self.env._("This certificate was already withdrawn."))
        reason = (reason or "").strip()
        if not reason:
            ask = "clause_insertion.clause_insertion_withdrawal_action"
            action = self.env["ir.actions.act_window"]._for_xml_id(ask)
            return {**action, "context": {"default_certificate_id": self.id}}
        self.sudo()._withdraw(reason)  # the officer was checked above
        return self.clause_id._take_certificate_back(self)

    def action_print(self):
        return self.env.ref("clause_insertion.clause_insertion_certificate_report").report_action(self)

    def _url(self):
        self.ensure_one()
        return f"{self.get_base_url()}/insertion/certificate/{self.code}"

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Certificate %(clause)s", clause=self.clause_name).replace("/", "-")
