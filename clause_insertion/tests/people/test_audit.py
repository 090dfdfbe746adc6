from odoo import fields, models
from odoo.orm.model_classes import add_to_registry
from odoo.tests import freeze_time, tagged

from ...tools.people.audit import audited
from .erasure_common import ErasureCommon


class AuditlogRule(models.Model):
    """What the addon of the OCA has that ours looks at."""

    _module = None
    _name = "auditlog.rule"
    _description = "Auditlog rule (stand-in)"

    model_id = fields.Many2one("ir.model", ondelete="cascade")
    state = fields.Selection([("draft", "Draft"), ("subscribed", "Subscribed")], default="subscribed")


class AuditlogLog(models.Model):
    _module = None
    _name = "auditlog.log"
    _description = "Auditlog log (stand-in)"

    name = fields.Char()
    model_id = fields.Many2one("ir.model", ondelete="cascade")
    res_id = fields.Integer()
    line_ids = fields.One2many("auditlog.log.line", "log_id")


class AuditlogLogLine(models.Model):
    _module = None
    _name = "auditlog.log.line"
    _description = "Auditlog line (stand-in)"

    log_id = fields.Many2one("auditlog.log", ondelete="cascade")
    new_value = fields.Text()


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05 10:00:00")
class TestAudit(ErasureCommon):
    """The OCA's auditlog copies values, names too: nothing of ours depends on it, and it is not unnoticed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = [model._name for model in (AuditlogRule, AuditlogLog, AuditlogLogLine)]
        cls.addClassCleanup(cls.registry._setup_models__, cls.cr, [])
        for model in (AuditlogRule, AuditlogLog, AuditlogLogLine):
            add_to_registry(cls.registry, model)
            cls.addClassCleanup(cls.registry.__delitem__, model._name)
        cls.registry._setup_models__(cls.cr, [])
        cls.registry.init_models(cls.cr, names, {"module": "clause_insertion"})

    def _watch(self, *names):
        models_ = [self.env["ir.model"]._get(name).id for name in names]
        return self.env["auditlog.rule"].create([{"model_id": model} for model in models_])

    def test_what_is_watched(self):
        self.assertEqual(audited(self.env), [])
        self._watch("res.partner", "clause.insertion", "clause.insertion.trade")
        self.assertEqual(audited(self.env), [])
        rules = self._watch("clause.insertion.identity", "clause.insertion.proof")
        self.assertEqual(audited(self.env), ["Identity of a participant", "Proof of eligibility seen"])
        rules.state = "draft"
        self.assertEqual(audited(self.env), [])

    def test_managers_are_warned_once(self):
        self._watch("clause.insertion.identity")
        self._run("2026-10-05", "2026-10-06")
        activities = self.company.partner_id.activity_ids
        self.assertIn(self.user_manager, activities.user_id)
        self.assertEqual(len(activities), len(activities.user_id))
        self.assertIn("Identity of a participant", activities[0].note)

    def test_the_register_says_so(self):
        report = self.env["ir.actions.report"].with_user(self.user_officer)
        name = "clause_insertion.report_personal_data_register"
        self.assertNotIn("audit log", report._render_qweb_html(name, self.company.ids)[0].decode())
        self._watch("clause.insertion.contact")
        self.assertIn(
            "The audit log copies personal data: Contact", report._render_qweb_html(name, self.company.ids)[0].decode()
        )

    def test_the_logs_of_an_erased_person_go(self):
        person = self._new_participant(firstname="Zéphyrine")
        identity, clause = person.identity_ids, self._new_running_clause()
        Log, model_of = self.env["auditlog.log"], self.env["ir.model"]._get_id
        own = Log.create({"model_id": model_of(identity._name), "res_id": identity.id, "name": "Zéphyrine Exemple"})
        own.line_ids = [fields.Command.create({"new_value": "Zéphyrine"})]
        other = Log.create({"model_id": model_of(clause._name), "res_id": clause.id, "name": clause.name})
        other.line_ids = [fields.Command.create({"new_value": f"Parlé de {person.name}"})]
        self._ask(person)
        self.assertFalse(own.exists())
        self.assertEqual(other.line_ids.new_value, "Parlé de …")
