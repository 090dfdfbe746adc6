"""What columns of several analyses share."""

# Columns about people or clauses are closed to whoever reads neither.
READERS = "clause_insertion.group_clause_insertion_user"


def choices_of(model, field):
    """The choices of another model's field, translations included."""
    return lambda self: self.env[model]._fields[field]._description_selection(self.env)


def levers_of(prefix=""):
    """The levers whose code begins with ``prefix``, and "several" for a contract with more than one."""

    def choices(self):
        levers = choices_of("clause.insertion", "lever")(self)
        several = self.env._("Several")
        return [*(lever for lever in levers if lever[0].startswith(prefix)), ("several", several)]

    return choices
