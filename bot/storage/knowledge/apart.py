"""Reading the files in a process of its own: YAML is read by Python code, which would hold up every answer for as long as it takes.

The child is only ever started from here; the two speak pickle, over pipes that nobody else has.
"""

import pickle
import subprocess
import sys
from datetime import date

from bot.storage.knowledge.files import Files
from bot.storage.knowledge.load import Loaded, load_files

PATIENCE = 120.0  # seconds
_CHILD = "import os; os.nice(10); from bot.storage.knowledge.apart import main; main()"  # people who ask come first


def load_apart(files: Files, today: date) -> Loaded:
    """As `load_files`; and by it, should the child not manage."""
    command = [sys.executable, "-c", _CHILD]
    try:
        done = subprocess.run(  # noqa: S603  # our own module, no words from outside
            command, input=pickle.dumps((files, today)), capture_output=True, check=True, timeout=PATIENCE
        )
    except (OSError, subprocess.SubprocessError):
        return load_files(files, today)
    loaded: Loaded = pickle.loads(done.stdout)  # noqa: S301  # our own child said it
    return loaded


def main() -> None:
    files, today = pickle.load(sys.stdin.buffer)  # noqa: S301  # our own parent said it
    pickle.dump(load_files(files, today), sys.stdout.buffer)
