"""/viden: how the articles do, what is missing, and why a question finds what it finds, before and after an edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.asking import LONGEST
from bot.desk.learning import Use, articles_for, lessons_for, uses_for
from bot.domain.people import Language, Person
from bot.domain.privacy import clean, mask
from bot.reports.gaps import Gap, draft, gaps
from bot.web.filling import read_form
from bot.web.frame import Frame
from bot.web.ports import NotReadable, SomebodyTries, Trying
from bot.web.ranking import NOTHING, Asked, Tried, tried
from bot.web.visitor import Visitor
from bot.web.words import say
from bot.wording.times import LONG_MONTHS, span

BACK = timedelta(days=90)
SOON = timedelta(days=30)  # a review that is due within this is said beforehand
MANY = 20  # percent "did not help" that want a look
MOST = 20  # gaps on the page
FILTERS = ("alle", "mine", "gennemgang", "hjalp-ikke", "aldrig")


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    title: str
    about: str
    owner: str
    shown: int
    not_helped: int
    percent: int
    review: str
    tone: str


@dataclass(frozen=True, slots=True)
class Choice:
    href: str
    label: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class GapCard:
    heading: str
    phrasings: tuple[str, ...]
    yaml: str
    about: str


class KnowledgeDesk:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def page(self, request: Request) -> Response:
        visitor = self._frame.visitor(request)
        question = _masked(request.query_params.get("q", ""))
        return self._page(request, visitor, question, self._tried(visitor, self._asked(visitor.person, question)))

    async def try_edit(self, request: Request) -> Response:
        form = await read_form(request)
        return await run_in_threadpool(self._try_edit, request, form)

    def gaps(self, request: Request) -> Response:
        visitor = self._frame.visitor(request)
        desk, language = self._frame.parts.desk, visitor.language
        visible = articles_for(desk, visitor.person)
        learned = lessons_for(desk, visitor.person, BACK)
        known = desk.knowledge.now()
        found = gaps(
            learned,
            self._trying().alike([each.words for each in learned], [each.system for each in learned]),
            known,
            visible,
        )
        today = self._frame.now().astimezone(known.organisation.zone).date()
        cards = [
            GapCard(_heading(each, language), each.phrasings, draft(each, known, today), _about(each, language))
            for each in found[:MOST]
        ]
        return self._frame.page(request, visitor, "gaps.html", gaps=cards, count=len(found), asked=len(learned))

    def _try_edit(self, request: Request, form: dict[str, str]) -> Response:
        visitor = self._frame.visitor(request)
        self._frame.seals.check(visitor.session, form.get("nonce", ""), form.get("segl", ""))
        question, yaml = _masked(form.get("q", "")), form.get("yaml", "")
        before = self._asked(visitor.person, question)
        visible = articles_for(self._frame.parts.desk, visitor.person)
        try:
            after = self._trying().edited(yaml, question, visible) if yaml.strip() and question else NOTHING
        except NotReadable as wrong:
            said, shown = wrong.complaints[visitor.language], self._tried(visitor, before)
            return self._page(request, visitor, question, shown, yaml=yaml, wrong=said, status=422)
        except SomebodyTries:
            said, shown = [say(visitor.language, "kn.edit.busy")], self._tried(visitor, before)
            return self._page(request, visitor, question, shown, yaml=yaml, wrong=said, status=429)
        return self._page(request, visitor, question, self._tried(visitor, before, after), yaml=yaml)

    def _page(
        self,
        request: Request,
        visitor: Visitor,
        question: str,
        tried: Tried,
        *,
        yaml: str = "",
        wrong: Sequence[str] = (),
        status: int = 200,
    ) -> Response:
        found = uses_for(self._frame.parts.desk, visitor.person, BACK)
        shown = request.query_params.get("vis", "alle")
        shown = shown if shown in FILTERS else "alle"
        rows = [self._row(use, visitor.language) for use in found if self._fits(shown, visitor.person, use)]
        answers, suggests = self._trying().limits
        return self._frame.page(
            request,
            visitor,
            "knowledge.html",
            status=status,
            back=f"{visitor.prefix}/viden",
            rows=sorted(rows, key=lambda row: (-row.not_helped, -row.percent, -row.shown, row.title)),
            choices=[self._choice(visitor, name, shown, found) for name in FILTERS],
            count=len(found),
            answered=sum(use.shown for use in found),
            question=question,
            longest=LONGEST,
            tried=tried,
            yaml=yaml,
            wrong=wrong,
            answers=round(answers * 100),
            suggests=round(suggests * 100),
        )

    def _choice(self, visitor: Visitor, name: str, shown: str, found: Sequence[Use]) -> Choice:
        count = sum(self._fits(name, visitor.person, each) for each in found)
        href = f"{visitor.prefix}/viden?vis={name}#artikler"
        return Choice(href, say(visitor.language, f"kn.show.{name}", count=count), name == shown)

    def _row(self, use: Use, language: Language) -> Row:
        article, known = use.article, self._frame.parts.desk.knowledge.now()
        system = known.organisation.systems.get(article.system) if article.system else None
        owner = known.organisation.by_email(article.owner)
        review, tone = self._review(use, language)
        return Row(
            article.id,
            article.title(),
            system.name if system else "",
            owner.name if owner else article.owner.partition("@")[0],
            use.shown,
            use.not_helped,
            _percent(use),
            review,
            tone,
        )

    def _review(self, use: Use, language: Language) -> tuple[str, str]:
        by = use.article.review_by
        if by is None:
            return "", "still"
        said = _date(by, language)
        if by < self._today():
            return say(language, "kn.review.late", date=said), "late"
        if by < self._today() + SOON:
            return say(language, "kn.review.soon", date=said), "warn"
        return said, "ok"

    def _is_due(self, use: Use) -> bool:
        by = use.article.review_by
        return bool(by and by < self._today() + SOON)

    def _today(self) -> date:
        return self._frame.now().astimezone(self._frame.organisation().zone).date()

    def _trying(self) -> Trying:
        trying = self._frame.parts.trying
        if trying is None:
            raise HTTPException(404)
        return trying

    def _asked(self, person: Person, question: str) -> Asked:
        visible = articles_for(self._frame.parts.desk, person)
        return self._trying().explain(question, visible) if question else NOTHING

    def _tried(self, visitor: Visitor, before: Asked, after: Asked = NOTHING) -> Tried:
        return tried(self._frame.parts.desk.knowledge.now(), visitor.language, before, after)

    def _fits(self, shown: str, person: Person, use: Use) -> bool:
        match shown:
            case "mine":
                return use.article.owner in {person.email, person.id}
            case "gennemgang":
                return self._is_due(use)
            case "hjalp-ikke":
                return bool(use.shown) and _percent(use) >= MANY
            case "aldrig":
                return not use.shown and use.article.covered
            case _:
                return True


def _percent(use: Use) -> int:
    return round(100 * use.not_helped / use.shown) if use.shown else 0


def _date(date: date, language: Language) -> str:
    dot = "." if language == "da" else ""
    return f"{date.day}{dot} {LONG_MONTHS[language][date.month - 1]} {date.year}"


def _masked(text: str) -> str:
    return mask(clean(text[:LONGEST])).text.strip()


def _heading(gap: Gap, language: Language) -> str:
    return say(language, "gap.heading", count=gap.count, spent=span(gap.spent_s, language))


def _about(gap: Gap, language: Language) -> str:
    if gap.article:
        return say(language, "gap.phrasings", article=gap.article)
    return say(language, "gap.article" if gap.solution else "gap.unsolved")
