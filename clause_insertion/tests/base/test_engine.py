import doctest
import importlib
import pkgutil
import unittest

from ... import engine


def load_tests(loader, tests, pattern):
    """The worked numbers of the domain, in the standard run of the addon's tests."""
    for module in pkgutil.iter_modules(engine.__path__, f"{engine.__name__}."):
        tests.addTests(doctest.DocTestSuite(importlib.import_module(module.name)))
    return tests


class TestEngineIsPlainPython(unittest.TestCase):
    """Rules know nothing of Odoo: they can be read and run without it."""

    def test_no_odoo_import(self):
        for module in pkgutil.iter_modules(engine.__path__, f"{engine.__name__}."):
            source = importlib.import_module(module.name).__loader__.get_source(module.name)
            self.assertNotIn("import odoo", source, module.name)
            self.assertNotIn("from odoo", source, module.name)
