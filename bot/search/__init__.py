"""How we find: a question in; an answer, suggestions or nothing out. numpy to ask; the index is built in a child process.

engine > word_match | cache | policy | explaining > index > features > scores > postings > text; build > leave_out > ridge.
"""

from bot.search.engine import Engine, IndexNotBuiltError, build_now, open_engine
from bot.search.evaluating import Evaluation, evaluate
from bot.search.explaining import Explained, Share
from bot.search.policy import Limits

__all__ = [
    "Engine",
    "Evaluation",
    "Explained",
    "IndexNotBuiltError",
    "Limits",
    "Share",
    "build_now",
    "evaluate",
    "open_engine",
]
