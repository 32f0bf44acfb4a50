"""Why the desk said no, and what to do instead. Only the one who asked reads it."""

from bot.domain.refusals import (
    AlreadyClaimed,
    AlreadyOver,
    Incomplete,
    NoSuchCase,
    NotAllowed,
    NotAttached,
    NothingSaid,
    NotNow,
    NotUnderstood,
    NotYours,
    OurFault,
    Refused,
    TooFast,
    TooLong,
    TooManyTickets,
    UnknownButton,
    UnknownPerson,
    YourOwn,
)
from bot.wording.attached import size_words
from bot.wording.message import Message
from bot.wording.say import Voice


def refusal_shown(voice: Voice, refusal: Refused) -> Message:
    reader = voice.picture.reader
    return Message((refusal_words(voice, refusal),), only_for=reader.id if reader else None, tone="info")


def refusal_words(voice: Voice, refusal: Refused) -> str:
    match refusal:
        case AlreadyClaimed(number, assignee, claimed_at):
            if claimed_at is None:
                return voice.say("r.already_claimed.unknown", case=f"#{number}")
            return voice.say(
                "r.already_claimed", name=voice.name(assignee), case=f"#{number}", ago=voice.ago(claimed_at)
            )
        case NotYours(number, tier):
            return voice.say("r.not_yours", case=f"#{number}", tier=voice.say(f"tier.{tier.value}"))
        case YourOwn(number):
            return voice.say("r.your_own", case=f"#{number}")
        case NoSuchCase():
            return voice.say("r.no_such_case")
        case AlreadyOver(number, state):
            return voice.say("r.already_over", case=f"#{number}", state=voice.say(f"over.{state}"))
        case NotNow(case_id):
            return voice.say("r.not_now", case=case_id)
        case NotAllowed(verb):
            return voice.first(f"r.not_allowed.{verb}", "r.not_allowed")
        case UnknownPerson():
            return voice.say("r.unknown_person")
        case Incomplete(fields):
            said = ", ".join(f"{field_name(voice, name)}: {field_error(voice, code)}" for name, code in fields)
            return voice.say("r.incomplete", fields=said)
        case TooFast():
            return voice.say("r.too_fast")
        case TooManyTickets(count):
            return voice.say("r.too_many_tickets", count=count)
        case TooLong(limit):
            return voice.say("r.too_long", limit=limit)
        case NothingSaid(with_files):
            return voice.say("r.only_files" if with_files else "r.nothing_said")
        case NotAttached(name, why, limit):
            size = size_words(limit, voice.language)
            return voice.say(f"r.not_attached.{why}", name=name, limit=limit, size=size)
        case NotUnderstood(said):
            return voice.say("r.not_understood", said=said[:60])
        case OurFault(reference):
            return voice.say("r.our_fault", reference=reference)
        case UnknownButton() | _:
            return voice.say("r.unknown_button")


def field_error(voice: Voice, code: str) -> str:
    return voice.first(f"e.{code}", "e.missing")


def field_name(voice: Voice, name: str) -> str:
    label = voice.first(f"f.report.{name}", f"f.log.{name}", f"f.resolve.{name}", "f.comment.text", name="")
    return label.strip()
