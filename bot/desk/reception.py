"""handle(desk, delivery): does what was asked, or says why not. The one door through which every messenger comes in."""

from contextlib import suppress
from dataclasses import replace

from bot.desk import amending, asking, conversation, looking, supplier_cases, tickets
from bot.desk.ports import AlreadyDone, Changed, Desk
from bot.desk.telling import tell, tell_refusal
from bot.domain.audit import Deed, Trace, is_across, reached_for, shown_case
from bot.domain.commands import (
    Ask,
    AskPerson,
    Cancel,
    ChooseSystem,
    Claim,
    ComeBack,
    Comment,
    Confirm,
    Correct,
    Delivery,
    Dispute,
    Done,
    Escalate,
    Explain,
    GoAway,
    HandOver,
    Help,
    Hold,
    ItDidNotHelp,
    ItHelped,
    JoinCase,
    Kind,
    Log,
    Mine,
    Overview,
    Place,
    Release,
    Reopen,
    Resolve,
    Resume,
    Settle,
    ShowArticle,
    Status,
    Void,
)
from bot.domain.notices import NumbersRemoved
from bot.domain.people import Person
from bot.domain.refusals import Refused, UnknownPerson

TRIES = 5  # a row that somebody else changed meanwhile is loaded and decided anew


def receive(desk: Desk, delivery: Delivery) -> bool:
    """Committed to the inbox before the messenger is answered. False: known already; `Store.answered` says what came of it."""
    return desk.store.receive(delivery)


def handle(desk: Desk, delivery: Delivery) -> Done | Refused:
    """The command's effects, its notices and the delivery's end are one transaction."""
    bound = replace(desk, store=desk.store.finishing(delivery))
    if delivery.removed:
        _tell_of_numbers(desk, delivery)
    try:
        done = _decide(bound, delivery)
    except AlreadyDone:
        return desk.store.answered(delivery) or Done()
    except Refused as refusal:
        if not _say_no(bound, delivery, refusal):
            return desk.store.answered(delivery) or refusal
        if is_across(refusal):
            _trace(desk, delivery, Deed.REFUSED, reached_for(delivery.command), type(refusal).__name__)
        return refusal
    if shown := shown_case(delivery.command):
        _trace(desk, delivery, Deed.LOOKED, shown)
    return done


def private_place(delivery: Delivery) -> Place:
    """Where only the one who asked reads: where they asked, if nobody else reads there."""
    if delivery.place.kind is Kind.DIRECT and delivery.place.who == delivery.by:
        return delivery.place
    return Place(delivery.place.messenger, Kind.DIRECT, delivery.by)


def _decide(desk: Desk, delivery: Delivery) -> Done:
    by = desk.knowledge.now().organisation.people.get(delivery.by)
    if by is None:
        raise UnknownPerson(delivery.by)
    for _ in range(TRIES - 1):
        try:
            return _do(desk, delivery, by)
        except Changed:
            continue
    return _do(desk, delivery, by)


def _do(desk: Desk, delivery: Delivery, by: Person) -> Done:
    place = delivery.place
    match delivery.command:
        case Ask(text, attachments):
            return asking.ask(desk, by, place, text, attachments)
        case ItHelped(question):
            return asking.it_helped(desk, by, question)
        case ItDidNotHelp(question):
            return asking.it_did_not_help(desk, by, question)
        case ShowArticle(question, article):
            return asking.show_article(desk, by, question, article)
        case ChooseSystem(question, system):
            return asking.choose_system(desk, by, question, system)
        case AskPerson(text, attachments):
            return asking.ask_person(desk, by, place, text, attachments)
        case Comment():
            return conversation.comment(desk, by, delivery.command)
        case Claim(number):
            return tickets.claim(desk, by, number)
        case Release(number):
            return tickets.release(desk, by, number)
        case Escalate(number, note):
            return tickets.escalate(desk, by, number, note)
        case Hold(number):
            return tickets.hold(desk, by, number)
        case Resume(number):
            return tickets.resume(desk, by, number)
        case Resolve(number, solution):
            return tickets.resolve(desk, by, number, solution)
        case Confirm(number):
            return tickets.confirm(desk, by, number)
        case Reopen(number, why):
            return tickets.reopen(desk, by, number, why)
        case Cancel(number):
            return tickets.cancel(desk, by, number)
        case HandOver(number, report):
            return supplier_cases.hand_over(desk, by, number, report)
        case JoinCase(number, case):
            return supplier_cases.join(desk, by, number, case)
        case Log():
            return supplier_cases.log(desk, by, delivery.command)
        case Correct() | Void():
            return amending.amend(desk, by, delivery.command)
        case Dispute() | Settle():
            return amending.judge_pause(desk, by, delivery.command)
        case GoAway(until):
            return looking.go_away(desk, by, private_place(delivery), until)
        case ComeBack():
            return looking.come_back(desk, by, private_place(delivery))
        case Help() | Mine() | Status() | Overview() | Explain():
            return looking.look(desk, by, private_place(delivery), delivery.command)


def _say_no(desk: Desk, delivery: Delivery, refusal: Refused) -> bool:
    """Told once, in the transaction that ends the delivery. False: another worker ended it meanwhile."""
    with suppress(AlreadyDone):
        with desk.store.transaction() as ledger:
            ledger.refuse(delivery, refusal)
            if not delivery.answered_here:
                tell_refusal(ledger, private_place(delivery), refusal, desk.clock.now())
        return True
    return False


def _trace(desk: Desk, delivery: Delivery, deed: Deed, about: str, why: str = "") -> None:
    what, now = type(delivery.command).__name__, desk.clock.now()
    desk.store.trace(Trace(now, delivery.by, deed, what, about, why, delivery.platform))


def _tell_of_numbers(desk: Desk, delivery: Delivery) -> None:
    now = desk.clock.now()
    with desk.store.transaction() as ledger:
        if ledger.first_told(f"removed:{delivery.platform}:{delivery.key}", now):
            tell(ledger, private_place(delivery), NumbersRemoved(delivery.removed), now)
