"""`driftsvagt serve` as it is, by a clock that was half past nine on a Tuesday when the story began.

python served.py SECONDS PORT: so many seconds our clock is ahead of this machine's.
"""

import sys
from datetime import datetime, timedelta

from bot.app import house
from bot.cli import main

AHEAD = timedelta(seconds=float(sys.argv[1]))


class StoryClock(house.WallClock):
    """Nobody is at work at night, so what is seen may not depend on when it is looked at."""

    def now(self) -> datetime:
        return super().now() + AHEAD


if __name__ == "__main__":
    house.WallClock = StoryClock
    sys.argv[1:] = ["serve", "--port", sys.argv[2]]
    main()
