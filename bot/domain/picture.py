"""What a notice is about, as it stands when it is put into words: loaded by the desk, read by `wording`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.articles import Article, ArticleId
from bot.domain.attachments import Attachment
from bot.domain.clock import Clock
from bot.domain.contracts import Contract
from bot.domain.explain import Dispute
from bot.domain.people import Absence, Person
from bot.domain.questions import Question
from bot.domain.service_hours import Calendar
from bot.domain.supplier_case import SupplierCase
from bot.domain.systems import Organisation
from bot.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Picture:
    """`reader` is the person the words are for; None when several read along (a channel)."""

    now: datetime
    organisation: Organisation
    reader: Person | None = None
    question: Question | None = None
    ticket: Ticket | None = None
    case: SupplierCase | None = None
    contract: Contract | None = None
    clocks: tuple[Clock, ...] = ()
    disputes: tuple[Dispute, ...] = ()  # those of the clocks that say something else if a disputed pause falls
    texts: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()  # of the words that are told, or else of what was asked
    articles: Mapping[ArticleId, Article] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    tickets: tuple[Ticket, ...] = ()
    cases: tuple[SupplierCase, ...] = ()
    case_clocks: Mapping[int, tuple[Clock, ...]] = field(default_factory=dict)
    absence: Absence | None = None
    due: datetime | None = None  # when the ticket must have been claimed, or its employee have news
    hours: Calendar | None = None  # in which the time until then is counted
    base_url: str = ""
