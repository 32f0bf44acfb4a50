"""What may be asked of the desk. A command is imperative; what comes of it is told by notices."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.articles import ArticleId
from bot.domain.people import PersonId, SystemId


class Kind(StrEnum):
    """What sort of place it is: who can read along."""

    DIRECT = "direct"
    CHANNEL = "channel"
    THREAD = "thread"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Place:
    """Where words go. Written as `web:direct:mia`, `web:channel:omsorg-nord` or `web:thread:omsorg-nord:1042`."""

    messenger: str
    kind: Kind
    who: str  # a person, a group's channel or a supplier
    thread: str = ""  # the case the thread is about

    def __str__(self) -> str:
        return ":".join(filter(None, (self.messenger, self.kind.value, self.who, self.thread)))

    @classmethod
    def read(cls, text: str) -> "Place":
        messenger, kind, who, *thread = text.split(":")
        return cls(messenger, Kind(kind), who, *thread)


# An employee


@dataclass(frozen=True, slots=True)
class Ask:
    """`attachments`: ids of files that the same person has left, and that belong to nothing yet."""

    text: str
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItHelped:
    question: str


@dataclass(frozen=True, slots=True)
class ItDidNotHelp:
    """[Hjalp ikke], [Ingen af dem] and [Spørg en superbruger]: a ticket is opened with the same text."""

    question: str


@dataclass(frozen=True, slots=True)
class ShowArticle:
    """One of the suggestions, or a see-also, was chosen."""

    question: str
    article: ArticleId


@dataclass(frozen=True, slots=True)
class ChooseSystem:
    """`system=None`: they do not know."""

    question: str
    system: SystemId | None


@dataclass(frozen=True, slots=True)
class AskPerson:
    """Typed as "menneske": a person, about what is said after it, or else about the last question."""

    text: str = ""
    attachments: tuple[str, ...] = ()


# Anyone on a ticket


@dataclass(frozen=True, slots=True)
class Comment:
    """`audience` None: the rule decides (the assignee's words reach the employee, others' stay internal).

    `first_said`: when they were first written, if they are written anew. What was kept among colleagues then, still is.
    """

    number: int
    text: str
    audience: str | None = None  # "employee" or "internal"
    first_said: datetime | None = None
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    number: int


@dataclass(frozen=True, slots=True)
class Release:
    number: int


@dataclass(frozen=True, slots=True)
class Escalate:
    number: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    number: int


@dataclass(frozen=True, slots=True)
class Resume:
    number: int


@dataclass(frozen=True, slots=True)
class Resolve:
    number: int
    solution: str = ""


@dataclass(frozen=True, slots=True)
class Confirm:
    number: int


@dataclass(frozen=True, slots=True)
class Reopen:
    number: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    number: int


# IT on a supplier case


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that makes a fault report complete. Texts are as typed; `since` is read as local time."""

    severity: str = ""
    since: str = ""
    who: str = ""
    how_many: str = ""
    tried: str = ""
    steps: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    number: int
    report: Report = field(default_factory=Report)


@dataclass(frozen=True, slots=True)
class JoinCase:
    """The ticket is about a fault that the supplier already has."""

    number: int
    case: int


class Milestone(StrEnum):
    """What a supplier did, as IT logs it."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    WORK_STARTED = "work_started"
    WORKAROUND = "workaround"
    RESOLVED = "resolved"
    STATUS = "status"
    PAUSE = "pause"
    RESUME = "resume"
    SEVERITY = "severity"
    ACCEPT = "accept"
    REJECT = "reject"
    CALLED = "called"  # we phoned: a severity may start its clock only then
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Log:
    """`at` as typed: "", "14.20", "i går 9.30", "23-11 14:05"; empty means now. `detail`: reason or severity."""

    case: int
    milestone: Milestone
    at: str = ""
    detail: str = ""
    note: str = ""
    source: str = "phone"


@dataclass(frozen=True, slots=True)
class Correct:
    """The event of that number happened at another time, as typed. `why` is one of REASONS: events carry no free text."""

    case: int
    event: int
    at: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Void:
    """The event of that number never happened."""

    case: int
    event: int
    why: str = ""


REASONS = ("mistyped", "learned_later", "agreed", "duplicate")


@dataclass(frozen=True, slots=True)
class Dispute:
    """That pause is not agreed. `pause` is its id, such as "S-12/p7"."""

    case: int
    pause: str


@dataclass(frozen=True, slots=True)
class Settle:
    case: int
    pause: str
    stands: bool


# Anyone, about themselves or to look


@dataclass(frozen=True, slots=True)
class GoAway:
    """`until` as typed: "mandag", "27-11", "kl. 13"; empty means until `tilbage`."""

    until: str = ""


@dataclass(frozen=True, slots=True)
class ComeBack:
    pass


@dataclass(frozen=True, slots=True)
class Help:
    pass


@dataclass(frozen=True, slots=True)
class Mine:
    pass


@dataclass(frozen=True, slots=True)
class Status:
    case_id: str


@dataclass(frozen=True, slots=True)
class Overview:
    pass


@dataclass(frozen=True, slots=True)
class Explain:
    """The clock of a case, minute by minute."""

    case_id: str


Command = (
    Ask
    | ItHelped
    | ItDidNotHelp
    | ShowArticle
    | ChooseSystem
    | AskPerson
    | Comment
    | Claim
    | Release
    | Escalate
    | Hold
    | Resume
    | Resolve
    | Confirm
    | Reopen
    | Cancel
    | HandOver
    | JoinCase
    | Log
    | Correct
    | Void
    | Dispute
    | Settle
    | GoAway
    | ComeBack
    | Help
    | Mine
    | Status
    | Overview
    | Explain
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A command and where it came from. `key` is the messenger's own id of it: a repeat changes nothing."""

    platform: str
    key: str
    by: PersonId
    place: Place
    command: Command
    at: datetime
    removed: int = 0  # CPR numbers masked before this was stored
    answered_here: bool = False  # the messenger shows a refusal itself, beside the form that was sent


@dataclass(frozen=True, slots=True)
class Done:
    """It was done; `case_id` is what it was about, when it opened one."""

    case_id: str = ""
