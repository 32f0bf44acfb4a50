"""The same examples on every run, and time zones from the pinned package only."""

import zoneinfo

from hypothesis import settings

zoneinfo.reset_tzpath(())
settings.register_profile("domain", derandomize=True, database=None, deadline=None, max_examples=60)
settings.load_profile("domain")
