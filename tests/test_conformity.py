"""What every addon of this repository has in common, and what Odoo 19 no longer knows."""

import ast
import re
from pathlib import Path

import pytest
from clause_setup.paths import ADDONS, REPOSITORY

LOADED_FOLDERS = ("security", "data", "views", "report", "wizard", "templates")
OLD = {
    r"_sql_constraints": "ignored by Odoo 19 without an error: models.Constraint",
    r"<tree\b|</tree>": "list",
    r"view_mode[^\n]*\btree\b": "list",
    r"\bt-(esc|raw)=": "t-out",
    r"\battrs=": "a Python expression in invisible, readonly, required",
    r"kanban-box": "card",
    r"\bodoo\.osv\b": "odoo.fields.Domain",
    r"type=['\"]json['\"]": "jsonrpc",
    r"\bself\._(cr|uid|context)\b": "self.env",
    r"(?<!embedded\.)\bgroups_id\b": "group_ids",
    r"\bread_group\(": "_read_group or formatted_read_group",
    r"\bname_get\b": "_compute_display_name",
    r"numbercall|doall": "nothing: crons have neither",
    r"oe_chatter": "<chatter/>",
    r"odoo\.tests\.common import [^\n]*\bForm\b": "odoo.tests.Form",
}


def manifest(addon: Path) -> dict:
    return ast.literal_eval((addon / "__manifest__.py").read_text())


def declared(addon: Path) -> list[str]:
    return [*manifest(addon).get("data", []), *manifest(addon).get("demo", [])]


def sources(addon: Path) -> list[Path]:
    return [path for path in addon.rglob("*") if path.suffix in {".py", ".xml"} and path.is_file()]


@pytest.fixture(params=ADDONS)
def addon(request) -> Path:
    return REPOSITORY / request.param


def test_version_and_licence(addon):
    found = manifest(addon)
    assert re.fullmatch(r"19\.0(\.\d+){3}", found["version"])
    assert found["license"] == "AGPL-3"
    assert found["author"] and found["summary"] and "\n" not in found["summary"]


def test_declared_files_exist_once(addon):
    files = declared(addon)
    assert [name for name in files if not (addon / name).is_file()] == []
    assert len(files) == len(set(files))


def test_data_and_views_are_all_declared(addon):
    files = declared(addon)
    found = [
        str(path.relative_to(addon))
        for folder in LOADED_FOLDERS
        for path in (addon / folder).rglob("*")
        if path.suffix in {".xml", ".csv"}
    ]
    assert sorted(set(found) - set(files)) == []


def test_assets_exist(addon):
    patterns = [name for names in manifest(addon).get("assets", {}).values() for name in names]
    own = [name for name in patterns if isinstance(name, str) and name.startswith(addon.name + "/")]
    assert [name for name in own if not list(REPOSITORY.glob(name))] == []


def test_modules_and_tests_are_all_imported(addon):
    """Odoo runs only what the packages import; a forgotten test is a silent one."""
    modules = [
        path
        for folder in ("models", "report", "wizard", "controllers", "tests")
        for path in (addon / folder).rglob("*.py")
        if not path.stem.startswith("__")
    ]
    inits = {path.parent for path in modules} | {path.parent.parent for path in modules}
    lines = [line for path in addon.rglob("*.py") for line in path.read_text().splitlines() if "import" in line]
    imports = "\n".join(lines + [(folder / "__init__.py").read_text() for folder in inits])
    assert [path.name for path in modules if not re.search(rf"\b{path.stem}\b", imports)] == []


@pytest.mark.parametrize("idiom", OLD)
def test_nothing_of_older_versions(addon, idiom):
    found = [
        f"{path.relative_to(addon)}:{number} (today: {OLD[idiom]})"
        for path in sources(addon)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(idiom, line)
    ]
    assert found == []
