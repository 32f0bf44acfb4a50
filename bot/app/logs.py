"""The log: a line a happening, for people or as JSON for a collector. Never a word that anybody wrote, nor a secret."""

import json
import logging
from datetime import UTC, datetime
from typing import Literal

PLAIN = "%(asctime)s %(levelname)s %(name)s %(message)s"


def begin(style: Literal["text", "json"]) -> None:
    logging.basicConfig(level=logging.INFO, format=PLAIN, force=True)
    if style == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(Structured())


class Structured(logging.Formatter):
    """`at` in UTC; `fault` is the traceback, where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "thread": record.threadName,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["fault"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)
