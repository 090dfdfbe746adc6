import doctest

from odoo.tests import BaseCase

from ..engine import decp, figures, follow_up, people, spaser, statement, table

MODULES = (decp, figures, follow_up, people, spaser, statement, table)


class TestEngine(BaseCase):
    """The examples in the docstrings of the engine hold."""

    def test_examples(self):
        for module in MODULES:
            with self.subTest(module=module.__name__):
                results = doctest.testmod(module)
                self.assertGreater(results.attempted, 0)
                self.assertEqual(results.failed, 0)
