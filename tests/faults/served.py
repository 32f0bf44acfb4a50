"""The real server on a clock that stands still, saying all it can in its log, made to be killed.

python served.py DATABASE_URL PORT GENERATION
"""

import logging
import sys
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from bot.app.house import open_house
from bot.app.serving import serve_house
from bot.settings import Settings

MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # a Tuesday, 9.30 in Fjordby
STEP = timedelta(minutes=1)  # a dead process keeps its places for half of it
SECRET = "known to this test only, and long enough"  # noqa: S105  # it guards nothing


class Fixed:
    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


def main() -> None:
    url, port, generation = sys.argv[1:]
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    settings = Settings(secret_key=SecretStr(SECRET)).model_copy(update={"database_url": url})
    serve_house(open_house(settings, Fixed(MORNING + int(generation) * STEP)), "127.0.0.1", int(port))


if __name__ == "__main__":
    main()
