"""/vagt: where and when nobody would answer, a week ahead. And today's part of it, for the overview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.surveying import coverage
from bot.domain.coverage import Hole
from bot.domain.intervals import Intervals, clip, moment, seconds
from bot.web.frame import Frame
from bot.web.words import say
from bot.wording.message import Table
from bot.wording.say import Voice
from bot.wording.times import DAYS, day

DAYS_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Today's hours without a superuser, and where."""

    hours: str
    where: str


class Coverage:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def page(self, request: Request) -> Response:
        visitor = self._frame.visitor(request)
        picture, holes = coverage(self._frame.parts.desk, visitor.person)
        voice = Voice(picture)
        return self._frame.page(request, visitor, "coverage.html", table=_table(voice, holes), holes=holes)


def holes_today(voice: Voice, holes: Sequence[Hole]) -> list[Uncovered]:
    return [Uncovered(hours_words(voice, each.hours), _where(voice, each)) for each in holes]


def hours_words(voice: Voice, hours: Intervals) -> str:
    """Such as "14–15 og 15.30–16"; local time of the house."""
    zone = voice.picture.organisation.zone

    def at(instant: int) -> str:
        local = moment(instant).astimezone(zone)
        separator = "." if voice.language == "da" else ":"
        return f"{local.hour}{separator}{local.minute:02}" if local.minute else f"{local.hour}"

    return ", ".join(f"{at(start)}–{at(end)}" for start, end in hours)


def _where(voice: Voice, hole: Hole) -> str:
    sites = voice.picture.organisation.sites
    names = ", ".join(sites[each].name for each in hole.sites) or say(voice.language, "coverage.everywhere")
    return f"{voice.system(hole.system)}: {names}"


def _table(voice: Voice, holes: Sequence[Hole]) -> Table:
    """A row for each system and its sites that share their hours, a column for each day."""
    zone, now = voice.picture.organisation.zone, voice.picture.now
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=nth) for nth in range(DAYS_SHOWN)]
    head = (say(voice.language, "coverage.where"), *(_day_name(voice, each) for each in days))
    rows = tuple(
        (_where(voice, hole), *(hours_words(voice, _on(voice, hole.hours, each)) or "–" for each in days))
        for hole in holes
    )
    return Table(say(voice.language, "coverage.caption"), head, rows)


def _on(voice: Voice, hours: Intervals, which: date) -> Intervals:
    zone = voice.picture.organisation.zone
    start, end = (seconds(datetime.combine(each, time(), zone)) for each in (which, which + timedelta(days=1)))
    return clip(hours, start, end)


def _day_name(voice: Voice, which: date) -> str:
    zone = voice.picture.organisation.zone
    noon = datetime.combine(which, time(12), zone)
    near = (which - voice.picture.now.astimezone(zone).date()).days < 2
    name = day(noon, voice.picture.now, zone, voice.language) if near else DAYS[voice.language][which.weekday()]
    return name[:1].upper() + name[1:]
