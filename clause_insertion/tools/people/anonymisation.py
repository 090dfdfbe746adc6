"""A person's data are erased: what is about the person by the rooms, what surrounds it and what names it here."""

from odoo.tools import SQL, clean_context

from ...engine.retention import telling_pattern

QUIET = {"active_test": False, "tracking_disable": True, "mail_notrack": True, "skip_res_field_check": True}
# Where Odoo keeps what was said about a record: (model, field of the record's model, field of its id).
SURROUNDINGS = (
    ("mail.message", "model", "res_id"),
    ("mail.scheduled.message", "model", "res_id"),
    ("mail.activity", "res_model", "res_id"),
    ("mail.followers", "res_model", "res_id"),
    ("ir.attachment", "res_model", "res_id"),
    ("ir.model.data", "model", "res_id"),
    ("auditlog.log", "model_id.model", "res_id"),  # of the OCA, where it is installed
)
# Texts of Odoo and of the OCA that may quote a person of ours; of our own models, all texts may.
QUOTING = (
    "account.analytic.line",
    "auditlog.log",
    "auditlog.log.line",
    "ir.attachment",
    "mail.activity",
    "mail.mail",
    "mail.message",
    "mail.scheduled.message",
    "mail.tracking.value",
)
OWN = ("clause.insertion.identity",)  # what others are: a brother has the same address and telephone
TEXTS = ("char", "text", "html")
STRUCK = "…"


class Anonymisation:
    """For good, and for all the records of these people: those that were merged into them too.

    As superuser: whoever asked was checked before, and nobody has a right on all that is erased.
    """

    def __init__(self, people):
        self.env = people.env(su=True, context={**clean_context(people.env.context), **QUIET})
        people = people.with_env(self.env)
        self.people = people | people.search([("same_person_id", "in", people.ids)])

    def run(self):
        if not self.people:
            return
        rooms = self.env["clause.insertion.erasure"]
        pattern = telling_pattern(*rooms._telling_texts(self.people))
        about = [(records._name, records.ids) for records in rooms._records_about(self.people) if records]
        rooms._forget(self.people)
        self.env.flush_all()
        for model, ids in about:
            self._erase_surroundings(model, ids)
        self.env.flush_all()
        self._strike(pattern)
        self.env.invalidate_all()

    def _erase_surroundings(self, model, ids):
        for name, model_field, id_field in SURROUNDINGS:
            if name in self.env:
                self.env[name].search([(model_field, "=", model), (id_field, "in", ids)]).unlink()

    def _strike(self, pattern):
        """What still quotes these people, on the records of others: one pass over each table, whatever their number.

        In SQL: a validated hour, a published figure and an old message are closed to every other door, and nothing
        but a text changes here.
        """
        for table, columns in self._quoting_columns():
            names = [SQL.identifier(column) for column in columns]
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s WHERE %s",
                    SQL.identifier(table),
                    SQL(", ").join(
                        SQL(
                            "%(name)s = REGEXP_REPLACE(%(name)s, %(who)s, %(by)s, 'gi')",
                            name=name,
                            who=pattern,
                            by=STRUCK,
                        )
                        for name in names
                    ),
                    SQL(" OR ").join(SQL("%s ~* %s", name, pattern) for name in names),
                )
            )

    def _quoting_columns(self):
        """``(table, its columns of text)``; texts with translations are the Region's own, and name nobody."""
        for name, model in self.env.registry.items():
            may_quote = name in QUOTING or (name.startswith("clause.insertion") and name not in OWN)
            if not may_quote or not model._auto or model._abstract:
                continue
            columns = [
                field.name
                for field in model._fields.values()
                if field.store and field.type in TEXTS and field.column_type and not field.translate
            ]
            if columns:
                yield model._table, columns
