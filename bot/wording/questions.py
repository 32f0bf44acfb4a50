"""What the bot says to a question: an answer, suggestions, or that it does not know and finds a person."""

from bot.domain.articles import Article, ArticleId
from bot.domain.attachments import WAITS
from bot.domain.commands import ChooseSystem, ItDidNotHelp, ItHelped, ShowArticle
from bot.domain.questions import Question
from bot.wording.message import Button, Message, Strong
from bot.wording.say import Voice


def question_shown(voice: Voice, question: Question) -> Message:
    """With what was pressed since: used choices stay, ticked."""
    key = f"question:{question.id}"
    match question.outcome:
        case "answer":
            return _answer(voice, question, key)
        case "suggestions":
            return _suggestions(voice, question, key)
        case _:
            return _nothing(voice, question, key)


def system_asked(voice: Voice, question: Question) -> Message:
    """Best guesses first, "I do not know" last."""
    chosen = question.ticket is not None
    buttons = tuple(
        Button(
            voice.system(system),
            ChooseSystem(question.id, system),
            chosen=chosen and question.system == system,
            off=chosen and question.system != system,
        )
        for system in question.choosing
    )
    unknown = Button(
        voice.say("b.unknown"),
        ChooseSystem(question.id, None),
        chosen=chosen and question.system is None,
        off=chosen and question.system is not None,
    )
    return Message(
        (Strong(voice.say("which_system")),),
        f"question:{question.id}:system",
        buttons=(*buttons, unknown),
        fields=() if chosen else _files_wait(voice),
    )


def _answer(voice: Voice, question: Question, key: str) -> Message:
    article = _article(voice, question.shown)
    if article is None:
        return _nothing(voice, question, key)
    text = article.answer_in(voice.language)
    if question.helped:
        text += "\n\n" + voice.say("answer.helped")
    see_also = tuple(
        Button(found.title(), ShowArticle(question.id, each))
        for each in article.see_also
        if (found := voice.picture.articles.get(each))
        and found.covered
        and (found.is_for_everyone or _may_see(voice, found))
    )
    settled = question.helped is not None or question.ticket is not None
    return Message(
        (text,),
        key,
        title=article.title(),
        source=_source(voice, article),
        buttons=(
            Button(
                voice.say("b.helped"),
                ItHelped(question.id),
                "primary",
                chosen=question.helped is True,
                off=_other(question, wanted=True),
            ),
            Button(
                voice.say("b.no_help"),
                ItDidNotHelp(question.id),
                chosen=question.helped is False,
                off=_other(question, wanted=False),
            ),
            *(() if settled else see_also[:2]),
        ),
        fields=_lines_under(voice, question),
    )


def _other(question: Question, *, wanted: bool) -> bool:
    """The choice that was not taken is no longer one."""
    if question.helped is None:
        return question.ticket is not None
    return question.helped is not wanted and (question.helped is False or question.ticket is not None)


def _may_see(voice: Voice, article: Article) -> bool:
    return bool(voice.picture.reader and article.is_for(voice.picture.reader))


def _suggestions(voice: Voice, question: Question, key: str) -> Message:
    settled = question.ticket is not None or question.helped is False
    found = [(each, voice.picture.articles.get(each)) for each in question.shown]
    buttons = tuple(
        Button(article.title(), ShowArticle(question.id, each), off=settled) for each, article in found if article
    )
    one = len(found) == 1
    none = Button(voice.say("b.not_that" if one else "b.none_of_them"), ItDidNotHelp(question.id), chosen=settled)
    return Message(
        (voice.say("suggest.one" if one else "suggest"),),
        key,
        buttons=(*buttons, none),
        fields=_lines_under(voice, question),
    )


def _nothing(voice: Voice, question: Question, key: str) -> Message:
    """Never an article that the desk does not cover as an answer: only who takes it instead."""
    settled = question.ticket is not None or question.helped is False
    article = _article(voice, question.shown)
    if article and not article.covered:
        text = voice.say("none.uncovered", answer=article.answer_in(voice.language))
    else:
        text = voice.say("none.person" if question.outcome == "enough" else "none")
    ask = Button(voice.say("b.ask_superuser"), ItDidNotHelp(question.id), "primary", chosen=settled)
    return Message((text,), key, buttons=(ask,), fields=_lines_under(voice, question))


def _lines_under(voice: Voice, question: Question) -> tuple[tuple[str, str], ...]:
    """Which ticket it became; before that, what becomes of the files that wait with it."""
    if question.ticket:
        return (("", voice.say("handed.ticket", case=f"#{question.ticket}")),)
    return _files_wait(voice)


def _files_wait(voice: Voice) -> tuple[tuple[str, str], ...]:
    files = len(voice.picture.attachments)
    key = "files.wait.one" if files == 1 else "files.wait"
    return (("", voice.say(key, days=WAITS.days)),) if files else ()


def _source(voice: Voice, article: Article) -> tuple[str, ...]:
    found = []
    if article.owner:
        found.append(voice.say("answer.source", owner=article.owner))
    if article.review_by:
        day = article.review_by
        found.append(voice.say("answer.review", date=f"{day.day}-{day.month}-{day.year}"))
    return tuple(found)


def _article(voice: Voice, shown: tuple[ArticleId, ...]) -> Article | None:
    return voice.picture.articles.get(shown[0]) if shown else None


def person_wanted(voice: Voice) -> Message:
    return Message((voice.say("person"),))
