"""Fill a new database with the example Region; print its logins as JSON."""

import json
import sys
from pathlib import Path

from opened import opened

database, target = sys.argv[1:]
with opened(database) as env:
    from example import build

    logins = build(env)
    env.cr.commit()
Path(target).write_text(json.dumps([login._asdict() for login in logins], indent=2))
