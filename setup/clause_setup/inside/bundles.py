"""Build the scripts and styles of the pages once, for all the browser tests."""

import sys

from opened import opened

with opened(sys.argv[1]) as env:
    env["ir.qweb"]._pregenerate_assets_bundles()
