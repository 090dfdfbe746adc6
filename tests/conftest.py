"""What the tests of the repository itself share.

(The addons' behaviour is tested in each addon's own folder.)
"""

import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "setup"))
