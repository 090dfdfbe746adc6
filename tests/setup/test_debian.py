"""What Debian sends is what the pins say, or is refused with a way out."""

import re

import pytest
from clause_setup import debian
from clause_setup.paths import SETUP
from clause_setup.terminal import SetupError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(debian, "PACKAGES", tmp_path)
    return tmp_path


def test_a_package_with_another_hash_is_refused_and_removed(folder, monkeypatch):
    wrong = folder / "odoo.deb"
    wrong.write_text("something else")
    monkeypatch.setattr(debian, "download", lambda *_arguments: wrong)
    with pytest.raises(SetupError, match="SHA-256"):
        debian.fetch_odoo([])
    assert not wrong.exists()


def test_a_version_that_is_gone_names_what_there_is_and_the_ways_out(folder, monkeypatch):
    monkeypatch.setattr(debian, "download", lambda *_arguments: None)
    with pytest.raises(SetupError, match="ODOO_PATH.*\n?.*ODOO_PYTHON.*ODOO_DEB") as refusal:
        debian.fetch_odoo(["-o", "Dir::State::Lists=/nowhere"])
    assert "can no longer be downloaded" in str(refusal.value)


def test_a_font_of_another_version_is_taken_with_a_notice(folder, monkeypatch, capsys):
    offered = {None: folder / "font.deb"}
    monkeypatch.setattr(debian, "download", lambda _name, version, _options: offered.get(version))
    assert debian.fetch_companion("fonts-x", "1.0", []) == folder / "font.deb"
    assert "fonts-x 1.0 is no longer offered" in capsys.readouterr().out


def test_what_was_downloaded_is_not_downloaded_again(folder):
    kept = folder / "fonts-x_2%3a1.0_all.deb"
    kept.touch()
    assert debian.download("fonts-x", "2:1.0", ["--no-such-option"]) == kept


def test_no_server_is_named():
    """Each machine has its own mirrors; apt and pip know them."""
    files = [path for path in SETUP.rglob("*") if path.suffix in {".py", ".toml", ".txt"}]
    named = {host for path in files for host in re.findall(r"https?://([\w.-]+\.[\w-]+)", path.read_text())}
    assert named <= {"127.0.0.1"}
