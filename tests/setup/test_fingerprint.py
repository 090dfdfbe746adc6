"""A template database is reused exactly as long as nothing it holds has changed."""

import pytest
from clause_setup.fingerprint import fingerprint


@pytest.fixture
def addon(tmp_path):
    for name in (
        "__manifest__.py",
        "models/order.py",
        "views/order_views.xml",
        "data/trade.csv",
        "i18n/fr.po",
        "static/src/page.js",
        "static/tests/tours/order.js",
        "tests/test_order.py",
        "README.rst",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        "__manifest__.py",
        "models/order.py",
        "views/order_views.xml",
        "data/trade.csv",
        "i18n/fr.po",
        "static/src/page.js",
        "static/tests/tours/order.js",
    ],
)
def test_changes_of_what_the_database_holds_count(addon, name):
    before = fingerprint([addon])
    (addon / name).write_text("after")
    assert fingerprint([addon]) != before


@pytest.mark.parametrize("name", ["tests/test_order.py", "README.rst", "models/__pycache__/order.py"])
def test_changes_of_tests_and_texts_do_not(addon, name):
    before = fingerprint([addon])
    (addon / name).parent.mkdir(exist_ok=True)
    (addon / name).write_text("after")
    assert fingerprint([addon]) == before


def test_moved_and_removed_files_count(addon):
    before = fingerprint([addon])
    (addon / "models/order.py").rename(addon / "models/purchase.py")
    moved = fingerprint([addon])
    (addon / "models/purchase.py").unlink()
    assert len({before, moved, fingerprint([addon])}) == 3
