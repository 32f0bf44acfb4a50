"""An employee asks; it helped; it did not, and a person takes over with the same words."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.ports import Desk, Known, Ledger, Recent, Text
from bot.desk.telling import record, tell
from bot.domain.articles import Answer, ArticleId, Found, NoAnswer, Suggestions
from bot.domain.commands import Done, Kind, Place
from bot.domain.notices import QuestionShown, SystemAsked, ViewShown
from bot.domain.people import Person, SystemId
from bot.domain.questions import Question
from bot.domain.refusals import NothingSaid, TooFast, TooLong, TooManyTickets, UnknownButton
from bot.domain.routing import first_route, guess_systems
from bot.domain.ticket import Ticket

LONGEST = 4000  # characters; a page and a half, and what every messenger can show
PER_MINUTE = 20
OPEN_AT_ONCE = 10
PERSON = "person"  # the outcome of a question for which a person was asked at once
ENOUGH = "enough"  # … and of one that follows a miss: a person is offered instead of a guess
NOTHING = NoAnswer(())
MOST_OFFERED = 3


def ask(desk: Desk, by: Person, place: Place, text: str, attachments: Collection[str] = ()) -> Done:
    """Answered, suggested, or handed to a person; stored with what was shown. Attachments wait with the words."""
    _must_say_something(text)
    known = desk.knowledge.now()
    asked_at, place = place, _where_to_answer(desk, by, place, text)
    found = _by_name_alone(known, text, desk.search.find(text, visible_to(known, by, place)))
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        recent = _at_a_bearable_pace(ledger.recent(by.id, now))
        if place is not asked_at:
            tell(ledger, asked_at, ViewShown("private"), now)
        if _waits_for_words(recent):
            question = _store(ledger, desk.new_id(), by, place, text, found, now, attachments)
            return _hand_over(desk, ledger, by, replace(question, outcome=PERSON), text, recent, now)
        question = _after_misses(_store(ledger, desk.new_id(), by, place, text, found, now, attachments), recent)
        ledger.save_question(question)
        tell(ledger, place, QuestionShown(question.id), now, question_key(question))
    return Done(question.case_id)


def ask_person(desk: Desk, by: Person, place: Place, text: str, attachments: Collection[str] = ()) -> Done:
    """A person at once: about these words, else the last question, else whatever is written next. Files alone say too little."""
    now = desk.clock.now()
    known = desk.knowledge.now()
    if text:
        _must_say_something(text)
    found = desk.search.find(text, visible_to(known, by, place)) if text else NOTHING
    with desk.store.transaction() as ledger:
        recent = _at_a_bearable_pace(ledger.recent(by.id, now))
        if text:
            question = _store(ledger, desk.new_id(), by, place, text, found, now, attachments)
            return _hand_over(desk, ledger, by, replace(question, outcome=PERSON), text, recent, now)
        last = next((each for each in recent.last if not each.ticket and each.text), None)
        if last:
            _attach(ledger, by, last, attachments)
            return _hand_over(desk, ledger, by, last.failed(by, now), _words_of(ledger, last), recent, now)
        if attachments:
            raise NothingSaid(with_files=True)
        waiting = replace(Question.asked(desk.new_id(), by, now, place, "", NOTHING), outcome=PERSON)
        ledger.save_question(waiting)
        tell(ledger, place, ViewShown("person"), now)
    return Done()


def it_helped(desk: Desk, by: Person, question: str) -> Done:
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        before = ledger.question(question)
        after = before.worked(by, now)
        if after is not before:
            ledger.save_question(after)
            tell(ledger, after.place, QuestionShown(after.id), now, question_key(after))
    return Done()


def it_did_not_help(desk: Desk, by: Person, question: str) -> Done:
    """A ticket with the same text. Pressed twice, it is the same ticket."""
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        before = ledger.question(question)
        before.must_be_of(by)
        recent = ledger.recent(by.id, now)
        return _hand_over(desk, ledger, by, before.failed(by, now), _words_of(ledger, before), recent, now)


def show_article(desk: Desk, by: Person, question: str, article: ArticleId) -> Done:
    now = desk.clock.now()
    known = desk.knowledge.now()
    with desk.store.transaction() as ledger:
        before = ledger.question(question)
        before.must_be_of(by)
        if article not in visible_to(known, by, before.place) or not known.articles[article].covered:
            raise UnknownButton
        if before.ticket:
            return Done(f"#{before.ticket}")
        after = before.chose(by, article)
        ledger.save_question(after)
        tell(ledger, after.place, QuestionShown(after.id), now, question_key(after))
    return Done()


def choose_system(desk: Desk, by: Person, question: str, system: SystemId | None) -> Done:
    now = desk.clock.now()
    if system is not None and system not in desk.knowledge.now().organisation.systems:
        raise UnknownButton
    with desk.store.transaction() as ledger:
        before = ledger.question(question)
        before.must_be_of(by)
        body = _words_of(ledger, before)
        return _open(desk, ledger, by, replace(before, system=system), body, ledger.recent(by.id, now), now)


def _where_to_answer(desk: Desk, by: Person, place: Place, text: str) -> Place:
    """Where others read along, what is not for everyone is answered to the one who asked alone."""
    if place.kind is Kind.DIRECT:
        return place
    known = desk.knowledge.now()
    own = Place(place.messenger, Kind.DIRECT, by.id)
    match desk.search.find(text, visible_to(known, by, own)):
        case Answer(article) if not known.articles[article].is_for_everyone:
            return own
        case _:
            return place


def visible_to(known: Known, by: Person, place: Place) -> frozenset[ArticleId]:
    """Filtered before ranking. In a channel others read along, so only what is for everyone."""
    public = place.kind is not Kind.DIRECT
    return frozenset(
        article.id for article in known.articles.values() if (article.is_for_everyone if public else article.is_for(by))
    )


def _by_name_alone(known: Known, text: str, found: Found) -> Found:
    """Whoever writes only the name of a system has not said what is wrong with it: what there is about it is offered."""
    named = guess_systems(known.organisation, text, ())
    if not (isinstance(found, Answer) and len(named) == 1 and known.organisation.systems[named[0]].is_called(text)):
        return found
    about = [each.article for each in found.ranked if _is_about(known, each.article, named[0])]
    return Suggestions(tuple(about[:MOST_OFFERED]), found.ranked) if len(about) > 1 else found


def _is_about(known: Known, article: ArticleId, system: SystemId) -> bool:
    there = known.articles.get(article)
    return bool(there and there.covered and there.system == system)


def question_key(question: Question) -> str:
    return f"question:{question.id}"


def _must_say_something(text: str) -> None:
    if not any(character.isalnum() for character in text):
        raise NothingSaid
    if len(text) > LONGEST:
        raise TooLong(LONGEST)


def _at_a_bearable_pace(recent: Recent) -> Recent:
    if recent.asked_last_minute >= PER_MINUTE:
        raise TooFast(timedelta(minutes=1))
    return recent


def _waits_for_words(recent: Recent) -> bool:
    """A person was asked for before there was anything to ask about."""
    last = recent.last[0] if recent.last else None
    return bool(last and last.outcome == PERSON and not last.text and not last.ticket)


def _after_misses(question: Question, recent: Recent) -> Question:
    """Two misses in a row, this one counted: no further guess, a person. A sure answer is still an answer."""
    missed = [question.outcome == "none", *(each.missed for each in recent.last[:2])]
    enough = missed[:2] == [True, True] or missed[1:] == [True, True]
    return replace(question, outcome=ENOUGH) if enough and question.outcome in {"none", "suggestions"} else question


def _store(
    ledger: Ledger,
    new_id: str,
    by: Person,
    place: Place,
    text: str,
    found: Found,
    now: datetime,
    attachments: Collection[str],
) -> Question:
    question = Question.asked(new_id, by, now, place, f"t-{new_id}", found)
    ledger.write(Text(question.text, question.case_id, "question", by.id, now, text))
    _attach(ledger, by, question, attachments)
    return question


def _attach(ledger: Ledger, by: Person, question: Question, attachments: Collection[str]) -> None:
    """They belong to the words, and follow them if a person takes over."""
    if attachments:
        ledger.attachments.attach(attachments, by.id, question.text, None)


def _words_of(ledger: Ledger, question: Question) -> str:
    if not question.text:
        raise UnknownButton  # a person was asked for, and nothing has been said yet: no button of ours asks about that
    return ledger.texts([question.text])[question.text]


def _hand_over(
    desk: Desk, ledger: Ledger, by: Person, question: Question, body: str, recent: Recent, now: datetime
) -> Done:
    """To the superusers if it is clear which system it is about; otherwise that is asked first."""
    if question.ticket:
        return Done(f"#{question.ticket}")
    known = desk.knowledge.now()
    system, guesses = _which_system(known, question, body)
    if system or (not guesses and _is_uncovered(known, question)):
        return _open(desk, ledger, by, replace(question, system=system), body, recent, now)
    choosing = question.choose_among(guesses)
    ledger.save_question(choosing)
    _show_again(ledger, choosing, now)
    tell(ledger, question.place, SystemAsked(question.id), now, f"{question_key(question)}:system")
    return Done()


def _is_uncovered(known: Known, question: Question) -> bool:
    """A subject that no system answers for: IT sees to it, and the employee is not asked which system it is."""
    shown = known.articles.get(question.shown[0]) if question.shown else None
    return bool(shown and not shown.covered)


def _which_system(known: Known, question: Question, body: str) -> tuple[SystemId | None, tuple[SystemId, ...]]:
    """The system if it is clear: named in the words, or that of the answer that did not help."""
    named = guess_systems(known.organisation, body, ())
    if len(named) == 1:
        return named[0], named
    if question.system:
        return question.system, ()
    shown = known.articles.get(question.shown[0]) if question.outcome == "answer" and question.shown else None
    if shown and shown.system and not named:
        return shown.system, ()
    if _is_uncovered(known, question):
        return None, named
    near = (known.articles[each.article].system for each in question.ranked if each.article in known.articles)
    own = _systems_of_the_site(known, question)
    return None, guess_systems(known.organisation, body, (*near, *own))


def _systems_of_the_site(known: Known, question: Question) -> Iterable[SystemId]:
    """Systems with superusers where the employee works: a fair guess when the words say nothing."""
    return (
        group.system for group in known.organisation.groups.values() if group.site == question.site and group.system
    )


def _open(desk: Desk, ledger: Ledger, by: Person, question: Question, body: str, recent: Recent, now: datetime) -> Done:
    if question.ticket:
        return Done(f"#{question.ticket}")
    if recent.open_tickets >= OPEN_AT_ONCE:
        raise TooManyTickets(recent.open_tickets)
    known = desk.knowledge.now()
    route = first_route(known.organisation, known.calendars, ledger.absences(), question.system, by, now)
    number = ledger.next_ticket_number()
    home = question.place.messenger
    ticket = Ticket.open(number, by, route, question.system, question.id, body, now, home)
    ledger.save_question(question.became(number))
    ledger.attachments.follow(question.text, number)
    record(desk, ledger, None, ticket, now)
    _show_again(ledger, question, now)
    if question.choosing:
        tell(ledger, question.place, SystemAsked(question.id), now, f"{question_key(question)}:system")
    return Done(ticket.case_id)


def _show_again(ledger: Ledger, question: Question, now: datetime) -> None:
    """What was answered, with what was pressed. A person asked for at once was never answered by the bot."""
    if question.outcome != PERSON:
        tell(ledger, question.place, QuestionShown(question.id), now, question_key(question))
