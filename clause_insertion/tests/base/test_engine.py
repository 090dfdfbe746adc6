import doctest
import importlib
import pkgutil
import unittest

from ... import engine


def modules():
    """Every module of the engine, those of its sub-packages too."""
    return [
        importlib.import_module(found.name) for found in pkgutil.walk_packages(engine.__path__, f"{engine.__name__}.")
    ]


def load_tests(loader, tests, pattern):
    """The worked numbers of the domain, in the standard run of the addon's tests."""
    for module in modules():
        tests.addTests(doctest.DocTestSuite(module))
    return tests


class TestEngineIsPlainPython(unittest.TestCase):
    """Rules know nothing of Odoo: they can be read and run without it."""

    def test_no_odoo_import(self):
        for module in modules():
            source = module.__loader__.get_source(module.__name__)
            self.assertNotIn("import odoo", source, module.__name__)
            self.assertNotIn("from odoo", source, module.__name__)
