"""`knowledge gaps`: what people had to answer, with YAML ready to paste. `knowledge review`: which articles want a look."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import live_knowledge, now, opened_store, read_settings, today
from bot.cli.screen import busy, note, say, show

if TYPE_CHECKING:
    from bot.desk.learning import Use
    from bot.desk.ports import Known
    from bot.domain.people import Language
    from bot.reports.gaps import Gap

app = typer.Typer()
knowledge = typer.Typer(help="What the questions teach about the articles.", no_args_is_help=True)
app.add_typer(knowledge, name="knowledge")

Days = Annotated[int, typer.Option(min=1, help="How many days back to look.")]


@knowledge.callback()
def group() -> None:
    """What the questions teach about the articles."""


@knowledge.command()
def gaps(
    days: Days = 90,
    top: Annotated[int, typer.Option(min=1, help="How many gaps to show.")] = 10,
    least: Annotated[int, typer.Option(min=1, help="How many must have asked for it.")] = 2,
) -> None:
    """Questions that people answered, gathered by what they ask for; the dearest first, each with YAML ready to paste."""
    from bot.desk.learning import lessons
    from bot.reports.gaps import gaps as gaps_of
    from bot.search.clustering import clusters

    settings = read_settings()
    live = live_knowledge(settings)
    known, until = live.now(), now()
    with busy("Reading the questions"), opened_store(settings) as store, store.reading() as ledger:
        learned = lessons(ledger, known, until - timedelta(days=days), until)
    with busy("Comparing them"):
        found = gaps_of(
            learned,
            clusters([each.words for each in learned], live.loaded().glossary, [each.system for each in learned]),
            known,
        )
    shown = [each for each in found if each.count >= least][:top]
    for each in shown:
        say(_heading(each, known, settings.language), "bold")
        _yaml(each, known)
        say()
    note(_word(settings.language, "gap.sum", questions=len(learned), gaps=len(found), shown=len(shown)))


@knowledge.command()
def review(days: Days = 90) -> None:
    """Articles past their review date, those that did not help, and those that nobody was shown."""
    from bot.desk.learning import disappointing, overdue, unused, uses

    settings = read_settings()
    known, until = live_knowledge(settings).now(), now()
    with busy("Counting"), opened_store(settings) as store, store.reading() as ledger:
        found = uses(ledger, known, until - timedelta(days=days), until)
    for key, chosen in (
        ("overdue", overdue(found, until)),
        ("not_helped", disappointing(found)),
        ("unused", unused(found)),
    ):
        _table(settings.language, key, chosen)


def _heading(gap: "Gap", known: "Known", language: "Language") -> str:
    minutes = gap.spent_s // 60
    system = known.organisation.systems.get(gap.system) if gap.system else None
    about = system.name if system else _word(language, "unknown_system")
    said = _word(language, "gap.heading", words=gap.phrasings[0], count=gap.count, minutes=minutes, system=about)
    if gap.article:
        return f"# {said}\n# {_word(language, 'gap.phrasings', article=gap.article, source=known.articles[gap.article].source)}"
    return f"# {said}\n# {_word(language, 'gap.article' if gap.solution else 'gap.unsolved')}"


def _yaml(gap: "Gap", known: "Known") -> None:
    from bot.reports.gaps import draft

    if text := draft(gap, known, today()):
        say(text.rstrip())
    else:
        for each in gap.phrasings:
            say(f"#   {each}")


def _table(language: "Language", key: str, found: "list[Use]") -> None:
    from bot.wording.message import Table

    head = tuple(
        _word(language, f"review.{each}") for each in ("article", "owner", "review_by", "shown", "helped", "not")
    )
    rows = tuple(
        (
            each.article.id,
            each.article.owner,
            each.article.review_by.isoformat() if each.article.review_by else "",
            str(each.shown),
            str(each.helped),
            str(each.not_helped),
        )
        for each in found
    )
    show(Table(_word(language, f"review.{key}", count=len(rows)), head, rows, numbers=(3, 4, 5)))


def _word(language: "Language", key: str, **blanks: object) -> str:
    from bot.wording.say import say as word

    return word(language, key, **blanks)
