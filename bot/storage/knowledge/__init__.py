"""YAML files → the knowledge of the house, or complaints with file and line.

`lines` reads a file into a `page` that remembers where everything stood; `shape` and the schemas check its parts;
`organisation`, `articles`, `calendars` and `contracts` make the domain's values; `load` does all of it, `watching` again
and again; `locks` and `activation` write down what was agreed.
"""

from bot.storage.knowledge.activation import Activation, activate, try_out
from bot.storage.knowledge.apart import load_apart
from bot.storage.knowledge.articles import pasted_articles
from bot.storage.knowledge.complaints import Complaint, Level
from bot.storage.knowledge.golden import ask_golden
from bot.storage.knowledge.load import Loaded, load, load_articles
from bot.storage.knowledge.watching import KnowledgeRefused, LiveKnowledge

__all__ = [
    "Activation",
    "Complaint",
    "KnowledgeRefused",
    "Level",
    "LiveKnowledge",
    "Loaded",
    "activate",
    "ask_golden",
    "load",
    "load_apart",
    "load_articles",
    "pasted_articles",
    "try_out",
]
