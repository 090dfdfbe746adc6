from odoo import api, models
from odoo.exceptions import AccessError

# Fields of Odoo's own mixins that open a record to whoever knows their value.
ALWAYS_LOCKED = frozenset({"access_token"})
# Of a field that the program alone gives, and that no copy takes along.
KEPT = {"readonly": True, "copy": False, "locked": True}
OUR_ADDONS = "clause_insertion"  # what their names begin with


def is_ours(field):
    return any(module.startswith(OUR_ADDONS) for module in field._modules)


class ClauseInsertionLockMixin(models.AbstractModel):
    """Fields hold to what they say of themselves: who reads them (``groups``, also in groupings) and who writes them.

    A field says that it is locked, as it says that it is tracked; only the superuser gives it a value then.

    ``locked=True``: a button, a job or the engine sets it, under sudo and after its own check.
    ``locked="_method"``: the same wherever that method of the model says so. It is asked of the records about to
    be written, and of an empty recordset before a creation: what depends on the user alone may answer there too.

    A stored field of ours that is computed or related, and read-only, is locked without saying so; Odoo's own fields,
    and those of other addons, stay as they are without us.

    What somebody names in a field of ours, they may read: Odoo shows the name of a record to whoever points at it.

    The lock holds on create and on write, whatever the door: a form, RPC, an import, the commands of a parent.
    A default of the context or of the user is not a value given for this record: it is left out in silence, for the
    superuser as well, since a button that works under sudo keeps the context of whoever pressed it.
    """

    _name = "clause.insertion.lock.mixin"
    _description = "Locked fields"

    # A record that was written must still be one that the user may write: no write hands it to somebody else.
    _stays_writable = True

    def _valid_field_parameter(self, field, name):
        # Said by the field itself: a related one does not take the lock of the field that it reads.
        return (name == "locked" and name in field._extra_keys__) or super()._valid_field_parameter(field, name)

    @api.model
    def default_get(self, fields):
        locked = [name for name in fields if self._is_locked(name)]
        values = super().default_get([name for name in fields if name not in locked])
        for name in locked:
            field = self._fields[name]
            if field.default:
                value = field.convert_to_cache(field.default(self), self, validate=False)
                values[name] = field.convert_to_write(value, self)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        self.browse()._refuse_locked(set().union(*vals_list))
        records = super().create(vals_list)
        records._refuse_hidden(records._named(set().union(*vals_list, records._names_given_by_context())))
        return records

    def write(self, vals):
        self._refuse_locked(vals)
        before = self._named(vals)
        result = super().write(vals)
        self._refuse_hidden({name: named - before[name] for name, named in self._named(vals).items()})
        if self._stays_writable and not self.env.su:
            self.check_access("write")
        return result

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Odoo 19 groups records by a many2many without asking whether the user may read that field: ask.

        An employer could so have learnt, over RPC, why a person whom it sees is eligible.
        """
        field = self._fields.get(groupby_spec.partition(":")[0].partition(".")[0])
        if field and is_ours(field):  # what is no field, Odoo refuses in its own words
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self._refuse_locked([field_name])
        return super()._update_field_translations(field_name, translations, digest, source_lang)

    def _refuse_locked(self, names):
        if locked := self._locked_among(names):
            raise AccessError(self._lock_message(locked))

    def _locked_among(self, names):
        """Those of ``names`` that are locked on any of these records for the user; nothing is for the superuser."""
        return [] if self.env.su else sorted(name for name in names if self._is_locked(name))

    def _is_locked(self, name):
        field = self._fields.get(name)
        if not field or field.inherited:  # an inherited field is its own model's to refuse
            return False
        if is_ours(field) and field.store and field.readonly and (field.compute or field.related):
            return True
        lock = getattr(field, "locked", False) or name in ALWAYS_LOCKED
        return bool(getattr(self, lock)()) if isinstance(lock, str) else lock

    def _lock_message(self, names):
        """What to tell the user, who named these locked fields; a model may say what to do instead."""
        labels = ", ".join(self._fields[name]._description_string(self.env) or name for name in names)
        return self.env._("%(fields)s: this cannot be changed here.", fields=labels)

    # -- what a record points at ---------------------------------------------------------------------

    def _names_given_by_context(self):
        given = {key.removeprefix("default_") for key in self.env.context if key.startswith("default_")}
        return given.difference(self.browse()._locked_among(given))

    def _named(self, names):
        """``{field of ours: the records that it points at}``, among ``names``; nothing for the superuser."""
        if self.env.su:
            return {}
        fields = [self._fields[name] for name in names if name in self._fields]
        return {
            field.name: self.sudo().mapped(field.name).with_env(self.env)  # only to ask whether the user reads them
            for field in fields
            if field.type in ("many2one", "many2many") and field.store and not field.inherited and is_ours(field)
        }

    def _refuse_hidden(self, named):
        for name, records in named.items():
            hidden = records - records._filtered_access("read")
            if hidden and hidden - self._may_name(name, hidden):
                label = self._fields[name]._description_string(self.env)
                raise AccessError(self.env._("%(field)s: this record is not yours to choose.", field=label))

    def _may_name(self, _name, hidden):
        """Those of the records ``hidden`` from the user that this field may point at all the same; sudo and say why."""
        return hidden.browse()

    def _is_created(self):
        """A lock for what is chosen when the record is created, and never changes."""
        return bool(self)
