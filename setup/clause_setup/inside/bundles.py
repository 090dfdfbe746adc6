"""Build the scripts and styles of the pages once, for all the browser tests.

Odoo's own list less what no test of ours opens: each bundle costs seconds.
"""

import sys

from opened import opened

UNUSED = ("unit_tests", "tests_assets", "dark", "print")
LAZY = "web.assets_backend_lazy"  # pivots and graphs; no page names it


def used(bundles: set[str]) -> list[str]:
    wanted = {name for name in bundles if not any(part in name for part in UNUSED)}
    return sorted(wanted | {LAZY})


with opened(sys.argv[1]) as env:
    pages = env["ir.qweb"]
    scripts, styles = pages._get_bundles_to_pregenarate()
    for bundle in used(scripts):
        pages._get_asset_bundle(bundle, css=False, js=True).js()
    for bundle in used(styles):
        pages._get_asset_bundle(bundle, css=True, js=False).css()
