from pathlib import Path

from hypothesis import configuration, settings

REPOSITORY = Path(__file__).resolve().parents[2]

configuration.set_hypothesis_home_dir(REPOSITORY / ".cache" / "hypothesis")
# Machines that test are busy: how long one example takes says nothing.
settings.register_profile("repository", deadline=None)
settings.load_profile("repository")
