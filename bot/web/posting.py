"""/sig and /tryk: what a person writes or presses becomes a delivery, handled in a worker thread; the stream shows the rest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.attaching import drop, keep
from bot.desk.conversation import LONGEST
from bot.desk.viewing import ticket_page
from bot.domain.attachments import Attachment
from bot.domain.commands import REASONS, Ask, AskPerson, Command, Comment, Delivery, Kind, Place
from bot.domain.notices import RefusalTold
from bot.domain.refusals import NotAttached, OurFault, Refused, TooFast, TooLong, UnknownButton
from bot.domain.ticket import Ticket
from bot.messengers.web.places import MESSENGER, read_place
from bot.messengers.web.post import put
from bot.messengers.web.receive import Received, filled_in, is_number, pressed, typed
from bot.messengers.web.render import refilled
from bot.web.alone import drawn, shown
from bot.web.composing import Composer, composer
from bot.web.faults import field_errors
from bot.web.filling import Filled, has_files, read_filled, read_form
from bot.web.frame import Frame
from bot.web.visitor import Visitor
from bot.web.words import say
from bot.wording.attached import with_attachments
from bot.wording.buttons import value_of
from bot.wording.message import Form, Message, plain_text
from bot.wording.word import word


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came from a page of ours, and where it wants to go back to."""

    visitor: Visitor
    form: Mapping[str, str]
    place: Place
    back: str
    by_htmx: bool

    @property
    def mark(self) -> str:
        """The id of what the form stands in."""
        return self.form.get("post", "")


CHOSEN = frozenset({"severity", "detail", "source", "audience"})  # fields of lists


class Posting:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    async def say(self, request: Request) -> Response:
        return await run_in_threadpool(self._say, request, await self._filled(request))

    async def press(self, request: Request) -> Response:
        return await run_in_threadpool(self._press, request, await self._filled(request))

    async def _filled(self, request: Request) -> Filled:
        if not has_files(request):
            return Filled(await read_form(request))
        await run_in_threadpool(self._frame.visitor, request)  # of a stranger no file is read
        return await read_filled(request, self._frame.parts.attachment_room)

    # What is written

    def _say(self, request: Request, filled: Filled) -> Response:
        sent = self._sent(request, filled.form)
        has_files = bool(filled.files or filled.refused)
        try:
            received = self._typed(sent, filled)
            kept = self._keep(sent, received)
        except Refused as wrong:
            return self._again(request, sent, wrong, with_files=has_files)
        if received.words:
            refusal = self._hear(sent, received, kept)
            if refusal and isinstance(received.command, Comment):
                return self._again(request, sent, refusal, with_files=has_files)
            if refusal:
                error = self._error(sent, refusal, with_files=has_files)
                self._notice(sent, replace(self._words(sent, refusal), text=(error,)))
        self._frame.waker.nudge()
        return HTMLResponse(self._composer(sent)) if sent.by_htmx else _back_to(sent)

    def _typed(self, sent: Sent, filled: Filled) -> Received:
        """Raises NotAttached for the first file that is not taken, TooLong, NothingSaid."""
        if filled.refused:
            raise filled.refused
        received = typed(sent.form, sent.place, filled.files)
        if len(received.words) > LONGEST:
            raise TooLong(LONGEST)
        return received

    def _hear(self, sent: Sent, received: Received, kept: Sequence[Attachment]) -> Refused | None:
        """A question stands in the conversation as soon as it is kept, and before it is answered; a comment once it was taken."""
        command = received.command
        if command is None:
            self._own_words(sent, received)
            return None
        if isinstance(command, Comment):
            outcome = self._deliver(sent, command, received, kept)
            if not isinstance(outcome, Refused):
                self._own_words(sent, received, kept)
        else:
            outcome = self._deliver(sent, command, received, kept, partial(self._own_words, sent, received, kept))
            if kept and isinstance(outcome, Refused) and not isinstance(outcome, OurFault):
                self._own_words(sent, received)  # the same post, without files that are no more
        return outcome if isinstance(outcome, Refused) else None

    def _keep(self, sent: Sent, received: Received) -> Sequence[Attachment]:
        """Raises NotAttached, TooFast."""
        parts = self._frame.parts
        return keep(parts.desk, sent.visitor.person, received.key, received.files, parts.attached_a_day)

    def _again(self, request: Request, sent: Sent, refusal: Refused, *, with_files: bool = False) -> Response:
        """The words come back with what was wrong. Files do not: a browser lets nobody but the person choose them."""
        error = self._error(sent, refusal, with_files=with_files)
        if sent.by_htmx:
            return HTMLResponse(self._composer(sent, sent.form.get("text", ""), error), 422)
        kept = replace(self._empty(sent), text=sent.form.get("text", ""), error=error)
        return self._frame.page(request, sent.visitor, "incomplete.html", status=422, composer=kept, back=sent.back)

    def _error(self, sent: Sent, refusal: Refused, *, with_files: bool) -> str:
        error = plain_text(self._words(sent, refusal).text)
        is_for_today = isinstance(refusal, NotAttached) and refusal.why == "day"  # to choose them again is no help
        again = say(sent.visitor.language, "attach.again")
        return f"{error} {again}" if with_files and not is_for_today else error

    def _composer(self, sent: Sent, text: str = "", error: str = "") -> str:
        kept = replace(self._empty(sent), text=text, error=error)
        return self._frame.partial("composer.html", sent.visitor, sent.back, composer=kept)

    def _empty(self, sent: Sent) -> Composer:
        return composer(self._frame, sent.visitor, sent.mark or "skriv", sent.place, self._ticket(sent))

    def _ticket(self, sent: Sent) -> Ticket | None:
        number = sent.form.get("sag", "")
        if not is_number(number):
            return None
        return ticket_page(self._frame.parts.desk, sent.visitor.person, int(number)).picture.ticket

    # What is pressed

    def _press(self, request: Request, filled: Filled) -> Response:
        sent = self._sent(request, filled.form)
        try:
            received = pressed(sent.form, sent.place, filled.files)
            if filled.refused:
                raise filled.refused
            kept = self._keep(sent, received)
        except UnknownButton as unknown:
            return self._refused(request, sent, filled_in(sent.form), unknown)
        except (NotAttached, TooFast) as wrong:
            return self._refused(request, sent, pressed(sent.form, sent.place).fields, wrong, with_files=True)
        outcome = self._deliver(sent, received.command, received, kept) if received.command else None
        self._frame.waker.nudge()
        if isinstance(outcome, Refused):
            return self._refused(request, sent, received.fields, outcome, with_files=bool(received.files))
        if isinstance(received.command, Comment):
            self._own_words(sent, received, kept)
        return self._done(sent)

    def _done(self, sent: Sent) -> Response:
        if not sent.by_htmx:
            return _back_to(sent)
        if not sent.mark.startswith("post-"):
            return Response(headers={"HX-Refresh": "true"})
        what = shown(self._frame, sent.visitor, sent.place, sent.mark)
        return HTMLResponse(drawn(self._frame, sent.visitor, sent.back, what)) if what else Response(status_code=204)

    def _refused(
        self, request: Request, sent: Sent, fields: Mapping[str, str], refusal: Refused, *, with_files: bool = False
    ) -> Response:
        """Beside the fields if it is about them; otherwise as a notice that only this person sees."""
        value = sent.form.get("knap", "")
        what = shown(self._frame, sent.visitor, sent.place, sent.mark)
        form = form_of(what.message, value) if what else None
        inputs = [each.id for each in form.inputs] if form else []
        errors = field_errors(refusal, self._frame.picture(sent.visitor.person), inputs)
        if with_files and inputs and (errors or isinstance(refusal, NotAttached | TooFast)):
            errors = {inputs[0]: self._error(sent, refusal, with_files=True)}
        if what is None or form is None or not errors:
            return self._refused_aside(sent, refusal, fields)
        message = refilled(what.message, value, fields, errors)
        if sent.by_htmx:
            return HTMLResponse(drawn(self._frame, sent.visitor, sent.back, replace(what, message=message)), 422)
        return self._frame.page(
            request,
            sent.visitor,
            "incomplete.html",
            status=422,
            form=form_of(message, value),
            place=sent.place,
            mark=sent.mark,
            back=sent.back,
        )

    def _refused_aside(self, sent: Sent, refusal: Refused, fields: Mapping[str, str]) -> Response:
        """What they wrote goes with it: the form may be gone from a card that somebody else was quicker with."""
        message = replace(self._words(sent, refusal), quote=_written(fields))
        if sent.mark.startswith("post-"):
            self._notice(sent, message)
            return self._done(sent)
        if sent.by_htmx:
            html = self._frame.partial("answer.html", sent.visitor, sent.back, message=message)
            return HTMLResponse(html, headers={"HX-Retarget": "#svar", "HX-Reswap": "innerHTML"})
        self._notice(sent, message)
        return RedirectResponse(f"{sent.back.partition('?')[0]}?svar", 303)

    # Both

    def _sent(self, request: Request, form: Mapping[str, str]) -> Sent:
        visitor = self._frame.visitor(request)
        self._frame.seals.check(visitor.session, form.get("nonce", ""), form.get("segl", ""))
        place = read_place(form.get("sted", ""))
        if place is None or not self._frame.may_read(visitor.person, place):
            raise HTTPException(404)
        return Sent(visitor, form, place, _local(visitor, form), request.headers.get("hx-request") == "true")

    def _deliver(
        self,
        sent: Sent,
        command: Command,
        received: Received,
        kept: Sequence[Attachment] = (),
        is_in: Callable[[], object] | None = None,
    ) -> object:
        if kept and isinstance(command, Ask | AskPerson | Comment):
            command = replace(command, attachments=tuple(each.id for each in kept))
        outcome = self._frame.parts.attend(
            Delivery(
                MESSENGER,
                received.key,
                sent.visitor.person.id,
                sent.place,
                command,
                self._frame.now(),
                received.removed,
                answered_here=True,
            ),
            is_in,
        )
        if kept and isinstance(outcome, Refused) and not isinstance(outcome, OurFault):
            drop(self._frame.parts.desk, received.key)  # after a fault it may still be taken up again
        return outcome

    def _own_words(self, sent: Sent, received: Received, attachments: Sequence[Attachment] = ()) -> None:
        """A post of the person's own. What is said in a ticket's thread the desk tells there, with who sees it."""
        command = received.command
        if sent.place.kind is Kind.THREAD and isinstance(command, Comment):
            return
        if isinstance(command, Comment) and sent.place.kind is not Kind.DIRECT:
            return
        number = f"#{command.number}" if isinstance(command, Comment) else ""
        words = with_attachments(received.words, attachments, sent.visitor.language)
        message = Message(words, f"own:{received.key}", number=number)
        put(self._frame.parts.posts, sent.place, message, self._frame.now(), author=sent.visitor.person.id)

    def _notice(self, sent: Sent, message: Message) -> None:
        put(self._frame.parts.posts, sent.place, replace(message, only_for=sent.visitor.person.id), self._frame.now())
        self._frame.waker.nudge()

    def _words(self, sent: Sent, refusal: Refused) -> Message:
        return word(RefusalTold(refusal), self._frame.picture(sent.visitor.person))


def form_of(message: Message, value: str) -> Form | None:
    forms = [message.form, *(button.form for button in message.buttons)]
    return next((form for form in forms if form and value_of(form.command) == value), None)


def _written(fields: Mapping[str, str]) -> str:
    """Of what a form was filled in with, all but what was chosen from a list: that is no work to do again."""
    typed_in = (each.strip() for name, each in fields.items() if name not in CHOSEN and each not in REASONS)
    return "\n".join(filter(None, typed_in))


def _local(visitor: Visitor, form: Mapping[str, str]) -> str:
    """A path of our own, whatever came."""
    back = form.get("tilbage", "")
    is_ours = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if is_ours else f"{visitor.prefix}/"


def _back_to(sent: Sent) -> Response:
    return RedirectResponse(sent.back, 303)
