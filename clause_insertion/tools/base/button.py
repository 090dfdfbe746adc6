"""What a button owes to whoever presses it twice, and to two people who press it at the same time."""

from functools import wraps

from odoo.tools import SQL


def button(already=None):
    """Make a method of a model a button that takes its records, once, from one state to the next.

    Records on which this very press was carried out before are left out: nothing is done, nor told to anybody, twice.
    The others are taken hold of: of two presses at the same time the second waits, and PostgreSQL then refuses it what
    it has read before the first was done; Odoo runs it again, and it finds what the first has made.

    :param already: ``already(record, *arguments)`` is asked, of a record that the user may read and as superuser,
        whether it is as this press would leave it; the records that it answers with, if any, are what the button
        answers again. Left out, the method itself looks for what was done
    :raise psycopg2.errors.SerializationFailure: a press before was committed meanwhile; Odoo's web requests retry
    """

    def decorate(method):
        @wraps(method)
        def press(self, *args, **kwargs):
            self.check_access("read")
            # sudo: the user reads the record; only whether it was pressed before is told
            found = {record: already and already(record.sudo(), *args, **kwargs) for record in self}
            left = self.filtered(lambda record: not found[record])
            if left or not self:
                hold(left)
                return method(left, *args, **kwargs)
            answer = found[self[-1]]
            return answer.with_env(self.env) if hasattr(answer, "with_env") else None

        press.is_button = True
        return press

    return decorate


def hold(records):
    """Lock the rows until the end of the transaction, as changed: whoever has read them before must read them again.

    A mere lock would let a second transaction go on with what it has read before the first was committed.
    """
    if ids := sorted(records.ids):
        table = SQL.identifier(records._table)
        locked = SQL("(SELECT id FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE)", table, tuple(ids))
        records.env.cr.execute(SQL("UPDATE %s SET id = id WHERE id IN %s", table, locked))


def same_text(written, given):
    """Whether a text that was kept is the one given now."""
    return bool(given) and (written or "").strip() == given.strip()
