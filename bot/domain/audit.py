"""Who looked at what, who showed it to a supplier, and who was refused: kept apart from events, without a word that anybody wrote."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.commands import Command, Explain, Status
from bot.domain.people import PersonId
from bot.domain.refusals import NoSuchCase, NotAllowed, NotYours, Refused, UnknownButton, UnknownPerson

_CASE = re.compile(r"(S-?|#?)([0-9]{1,9})")
# What says that somebody reached for what is not theirs; the rest are ordinary things that did not fit the moment.
_ACROSS = (NotYours, NotAllowed, NoSuchCase, UnknownPerson, UnknownButton)


class Deed(StrEnum):
    LOOKED = "looked"
    REFUSED = "refused"
    SHARED = "shared"  # a link that shows a case to its supplier was made
    WITHDREW = "withdrew"  # all such links of a case were closed


@dataclass(frozen=True, slots=True)
class Trace:
    """`what` is a kind of page or command, `about` a case such as "#12" or "S-3", `why` what it was refused with.

    Of a case shown by a link, `by` is the one who made the link.
    """

    at: datetime
    by: PersonId
    deed: Deed
    what: str
    about: str = ""
    why: str = ""
    messenger: str = "web"


def shown_case(command: Command) -> str:
    """The case that a command shows; "" if it shows none."""
    return shaped(command.case_id) if isinstance(command, Status | Explain) else ""


def is_across(refusal: Refused) -> bool:
    return isinstance(refusal, _ACROSS)


def reached_for(command: Command) -> str:
    """The case that a command is about; "" if it is about none."""
    for name, mark in (("number", "#"), ("case", "S-")):
        if isinstance(number := getattr(command, name, None), int):
            return f"{mark}{number}"
    return shaped(getattr(command, "case_id", ""))


def shaped(said: str) -> str:
    """As "#12" or "S-3": what a person typed may be anything, and anything else is kept out."""
    found = _CASE.fullmatch(said.strip().upper())
    return f"{'S-' if found[1].startswith('S') else '#'}{int(found[2])}" if found else ""
