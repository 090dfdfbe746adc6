import csv
from datetime import date, timedelta
from pathlib import Path

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import ROLES, EveryModelCase

# model, field, roles that may write it on some record, roles that may give it when they create one.
# What is not listed is closed to everybody: a new field is closed on the day it is added.
TABLE = Path(__file__).parent / "settable_fields.csv"
# Of these models of Odoo, only the fields that the addons add.
EXTENDED = ("account.analytic.line", "account.move", "account.move.line", "purchase.order", "purchase.requisition")
EXTENDED += ("res.company", "res.partner")
OURS = {"clause_insertion", "clause_insertion_report"}
MAGIC = {"id", "create_uid", "create_date", "write_uid", "write_date", "parent_path"}
# Where a value of that type alone would not do.
LIKELY = {"birth_year": [1990, 1991], "birthdate": [date(1990, 5, 5), date(1991, 5, 5)]}
TEXTS = {"char": "Autre", "text": "Autre", "html": "<p>Autre</p>"}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestLocks(EveryModelCase):
    """Every stored field of every model, for every role: set by a write, at creation, by a default of the context."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.samples = {}
        for world in (cls.own, cls.other):
            for record in (*world.values(), *cls._new_open_records(world)):
                cls.samples[record._name] = cls.samples.get(record._name, cls.env[record._name]) | record
        cls.table = cls._read_table()

    def setUp(self):
        super().setUp()
        self.wrong = set()

    @staticmethod
    def _read_table():
        with TABLE.open() as file:
            rows = csv.DictReader(file, delimiter=";")
            return {(row["model"], row["field"]): (row["write"].split(), row["create"].split()) for row in rows}

    # -- what is walked ----------------------------------------------------------------------------

    @classmethod
    def _new_open_records(cls, world):
        """What is still open to its users: in sizing, asked, found, sent."""
        clause, person = world["clause.insertion"], world["clause.insertion.participant"]
        contractor = cls.user_contractor if clause.partner_id == cls.contractor else cls.user_other_contractor
        draft = cls._new_clause(cls._new_order(partner=clause.partner_id), place_zip=clause.place_zip)
        hire = {"participant_id": person.id, "clause_ids": clause.ids, "date_start": "2026-10-01"}
        file = {"kind": "declared", "file": "YQ==", "filename": "heures.csv", "company_id": clause.company_id.id}
        met = {"facilitator_id": clause.facilitator_id.id, "participant_id": person.id, "subject": "Appel"}
        other = cls.other_relay if clause.facilitator_id == cls.relay else cls.relay
        given = cls._new_participant(clause.facilitator_id)
        handed_over = {"participant_id": given.id, "to_id": other.id, "reason": "Déménagement"}
        unregistered = cls._new_participant(clause.facilitator_id)
        return [
            draft,
            draft.purchase_order_id,
            clause.purchase_order_id,
            clause.partner_id,
            clause.facilitator_id,
            clause.company_id,
            cls._new_agreement(),
            cls.env["clause.insertion.employment"].with_user(contractor).create(hire).sudo(),
            cls._new_request(clause),
            cls._new_penalty(clause, clause.penalty_rule_ids[0]),
            cls.env["clause.insertion.import"].with_user(contractor).create(file).sudo(),
            cls.env["clause.insertion.contact"].create(met),
            cls.env["clause.insertion.handover"].create(handed_over),
            unregistered,
            unregistered.identity_ids,
            unregistered.proof_ids,
        ]

    def _fields_of(self, model):
        fields = self.env[model]._fields.values()
        if model in EXTENDED:
            fields = [field for field in fields if OURS.issuperset(field._modules)]
        return [
            field.name
            for field in fields
            if field.store
            and not field.inherited
            and field.name not in MAGIC
            and (field.column_type or "many2many" in field.type)
        ]

    def _walked(self):
        own = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("clause.insertion") and model._auto and not model._transient and not model._abstract
        }
        return sorted(own | set(EXTENDED))

    def _other_values(self, record, name):
        """Values that the field has not, the likely ones first."""
        field, value = record._fields[name], record[name]
        kind = field.type
        if name in LIKELY:
            return LIKELY[name]
        if kind == "boolean":
            return [not value]
        if kind in ("integer", "float", "monetary"):
            return [value + 1, 0.5 if value != 0.5 else 0.25, 1 - value]
        if kind in TEXTS:
            return [TEXTS[kind], "16000"]
        if kind in ("date", "datetime"):
            day = value or (field.to_date("2026-10-02") if kind == "date" else field.to_datetime("2026-10-02 10:00:00"))
            month = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
            return [day + timedelta(days=1), day - timedelta(days=1), day + timedelta(days=400), month]
        if kind == "selection":
            return [code for code, _label in field._description_selection(self.env) if code != value]
        if kind in ("many2one", "many2many"):
            return self._other_records(field, value)
        return {"json": [{"a": 1}], "binary": ["Yg=="], "many2one_reference": [1], "reference": []}[kind]

    def _other_records(self, field, value):
        known = self.env[field.comodel_name].sudo().with_context(active_test=False).search([], limit=3, order="id")
        others = (self.samples.get(field.comodel_name, known) | known).sudo() - value.sudo()
        others = others.ids[:4]
        if field.type == "many2one":
            return [*others, False] if value else others
        return [[Command.link(id_)] for id_ in others]

    @staticmethod
    def _has(record, name, wanted):
        value = record._fields[name].convert_to_write(record[name], record)
        if record._fields[name].type == "many2many":
            return wanted[0][1] in record[name].ids
        if record._fields[name].type in ("float", "monetary"):
            return abs(value - wanted) < 0.01
        if record._fields[name].relational:
            return value == wanted
        return value == wanted or record[name] == wanted or record[name] == str(wanted)

    # -- trying ------------------------------------------------------------------------------------

    def _took(self, attempt, name, value, is_write=False):
        """Whether ``attempt()`` leaves a record whose field has the value; nothing of it stays."""
        try:
            with self.env.cr.savepoint() as savepoint:
                record = attempt()
                self.env.flush_all()
                self.env.invalidate_all()
                took = self._has(record.sudo(), name, value)
                lost = is_write and took and not record.has_access("write")
                savepoint.rollback()
        except (UserError, psycopg2.Error):
            return False
        if lost:
            self.wrong.add(f"{record._name}: {record.env.user.login} moves it by {name} out of what it may write")
        return took

    def _tried(self, record, name, asked):
        """One value is enough where a lock says no; the others are for constraints, which like some and not others."""
        values = self._other_values(record.sudo(), name)
        says_no = hasattr(asked, "_is_locked") and asked._is_locked(name)
        return values[:1] if says_no else values

    def _written(self, role, records, name):
        for record in records.with_user(self._user(role)):

            def attempt(record=record, value=None):
                record.write({name: value})
                return record

            for value in self._tried(record, name, record):
                if self._took(lambda record=record, value=value: attempt(record, value), name, value, is_write=True):
                    return True
        return False

    def _writers(self, model, name):
        return [
            role
            for role in ROLES
            if self._may(role, model, "write") and self._written(role, self._open(role, model), name)
        ]

    def _may(self, role, model, operation):
        return self.env[model].with_user(self._user(role)).has_access(operation)

    def _open(self, role, model):
        if not self._may(role, model, "write"):
            return self.env[model]
        records = self.samples.get(model, self.env[model])
        return records.with_user(self._user(role))._filtered_access("write").sudo()

    @mute_logger("odoo.sql_db")
    def test_write(self):
        found = {}
        for model in self._walked():
            for name in self._fields_of(model):
                if writers := self._writers(model, name):
                    found[model, name] = writers
        self._assert_table(found, 0)

    def _assert_table(self, found, column):
        expected = {key: row[column] for key, row in self.table.items() if row[column]}
        different = [
            f"{';'.join(key)};{' '.join(found.get(key, ['nobody']))} (in the table: {' '.join(expected.get(key, []))})"
            for key in sorted(found.keys() | expected.keys())
            if found.get(key, []) != expected.get(key, [])
        ]
        wrong = [*sorted(self.wrong), *different]
        self.assertFalse(wrong, "\n" + "\n".join(wrong))

    # -- creation ----------------------------------------------------------------------------------

    def _new_values(self, model):
        """What is enough to create one; None where only the program does."""
        world = {name: record.id for name, record in self.own.items()}
        clause, person, relay = world["clause.insertion"], world["clause.insertion.participant"], self.relay.id
        convention, request = world["clause.insertion.convention"], world["clause.insertion.recruitment"]
        order = self.own["clause.insertion"].purchase_order_id.id
        rule = self.own["clause.insertion"].penalty_rule_ids[0].id
        name = {"name": "Exemple"}
        values = {
            "candidate": {"recruitment_id": request, "participant_id": self._new_participant().id},
            "ccag": {**name, "code": "X"},
            "charter.signatory": {"charter_id": world["clause.insertion.charter"], "partner_id": self.other_relay.id},
            "clause.text": {**name, "kind": "rc", "body": "X"},
            "commune": {**name, "code": "86139"},
            "contact": {"participant_id": person, "subject": "Appel"},
            "contract.modification": {**name, "purchase_order_id": order, "amount": 5},
            "convention": {"partner_id": relay, "date_start": "2030-01-01"},
            "convention.amendment": {**name, "convention_id": convention},
            "convention.instalment": {"convention_id": convention, "date_due": "2026-12-01", "amount": 1},
            "convention.template": {**name, "body": "X"},
            "declaration": {"clause_id": clause, "month": "2026-08-01"},
            "employment": {"participant_id": person, "clause_ids": [Command.link(clause)], "date_start": "2026-10-01"},
            "essential.word": {**name, "kind": "technique", "code": "X"},
            "evidence": {"clause_id": clause, "recruitment_id": request, "reason": "no_answer"},
            "exemption": {**name, "code": "X"},
            "handover": {"participant_id": person, "to_id": self.other_relay.id, "reason": "X"},
            "identity": {"firstname": "Sam", "lastname": "Exemple", "facilitator_id": relay},
            "import": {"file": "YQ==", "filename": "heures.csv", "kind": "declared"},
            "meeting": {**name, "start": "2026-11-20 09:00:00", "stop": "2026-11-20 11:00:00"},
            "meeting.decision": {**name, "meeting_id": world["clause.insertion.meeting"]},
            "objective": {"year": 2026, "target": 1},
            "parameter": {"code": "fte_base", "date_from": "2026-01-01", "value": 1607},
            "participant": {"facilitator_id": relay},
            "penalty": {"clause_id": clause, "rule_id": rule, "finding": "Constat"},
            "penalty.rule": {**name, "amount": 1},
            "proof": {"participant_id": person, "public_id": self.env.ref("clause_insertion.public_rsa").id},
            "public": {**name, "code": "X"},
            "recruitment": {"clause_id": clause, "job_title": "Maçon", "date_start": "2026-11-02"},
            "scale.line": {"scale_id": world["clause.insertion.scale"], "amount": 1, "hours": 1},
            "territory": {**name, "code": "X"},
            "trade": {**name, "code": "X", "labour_share": 0.1},
            "training": {**name, "date_start": "2026-10-20 07:00:00", "date_stop": "2026-10-20 14:00:00"},
            "training.registration": {
                "training_id": world["clause.insertion.training"],
                "attendee_name": "Sam Exemple",
            },
        }
        if model == "clause.insertion":
            return {"purchase_order_id": self._new_order().id, "trade_id": self.masonry.id}
        if model == "account.analytic.line":
            month = world["clause.insertion.declaration"]
            return {
                "insertion_declaration_id": month,
                "insertion_participant_id": person,
                "unit_amount": 3,
                "date": "2026-09-02",
            }
        if model in EXTENDED:
            return {"purchase.order": {"partner_id": relay}, "purchase.requisition": {}, "res.partner": name}.get(model)
        return values.get(model.removeprefix("clause.insertion."), name)

    def _created(self, role, model, name, values, as_default):
        Model = self.env[model].with_user(self._user(role))
        if role in ("contractor", "portal_relay") and model == "clause.insertion.training.registration":
            values = {**values, "partner_id": self._user(role).commercial_partner_id.id}
        without = {key: value for key, value in values.items() if key != name}
        if as_default:
            Model = Model.with_context(**{f"default_{name}": values[name]})
        took = self._took(lambda: Model.create(without if as_default else values), name, values[name])
        # What the record would have had anyway was not given.
        anyway = self.env[model].with_user(self._user(role))
        return took and not self._took(lambda: anyway.create(without), name, values[name])

    def _givers(self, model, name, values, as_default=False):
        sample = self.samples.get(model, self.env[model].new())[:1]
        wanted = [values[name]] if name in values else self._tried(sample, name, self.env[model])
        return [
            role
            for role in ROLES
            if self._may(role, model, "create")
            and any(self._created(role, model, name, {**values, name: value}, as_default) for value in wanted)
        ]

    @mute_logger("odoo.sql_db")
    def test_create(self):
        found = {}
        for model in self._walked():
            if (values := self._new_values(model)) is None:
                continue
            for name in self._fields_of(model):
                if givers := self._givers(model, name, values):
                    found[model, name] = givers
                for role in set(self._givers(model, name, values, as_default=True)) - set(givers):
                    self.wrong.add(f"{model};{name}: {role} sets it by a default of the context")
        self._assert_table(found, 1)
