"""`ask` one question, and `evaluate` a file of them: the search as the desk uses it, without a desk."""

import json
from collections.abc import Mapping
from dataclasses import replace
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.opening import (
    built_engine,
    built_search,
    good_knowledge,
    now,
    person_called,
    read_settings,
)
from bot.cli.screen import counted, note, say, show, stop

if TYPE_CHECKING:
    from bot.desk.ports import Known
    from bot.domain.articles import Found
    from bot.domain.people import Language, Person
    from bot.search import Evaluation

app = typer.Typer()


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="In your own words.")],
    who: Annotated[
        str, typer.Option("--as", help="Who asks: an id or mail address. Without it: nobody in particular.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Outcome and candidates as JSON.")] = False,
) -> None:
    """What the bot would answer. Nothing is stored, and nobody is told."""
    from bot.desk.asking import visible_to
    from bot.domain.commands import Kind, Place
    from bot.domain.people import Person as Somebody
    from bot.domain.people import PersonId, SiteId
    from bot.domain.privacy import clean, mask
    from bot.search.evaluating import outcome_of

    settings = read_settings()
    knowledge = good_knowledge(settings)
    known = knowledge.now()
    nobody = Somebody(PersonId(""), "", "", SiteId(""), frozenset(), settings.language)
    by = person_called(known.organisation, who) if who else nobody
    words = mask(clean(question)).text
    engine = built_search(knowledge, settings)
    found = engine.find(words, visible_to(known, by, Place("console", Kind.DIRECT, by.id)))
    if as_json:
        ranked = [{"id": each.article, "confidence": round(each.confidence, 4)} for each in found.ranked]
        print(json.dumps({"question": words, "outcome": outcome_of(found), "ranked": ranked}, ensure_ascii=False))
        return
    _show_answer(known, by, found)


def _show_answer(known: "Known", by: "Person", found: "Found") -> None:
    from bot.domain.commands import Kind, Place
    from bot.domain.notices import QuestionShown
    from bot.domain.picture import Picture
    from bot.domain.questions import Question
    from bot.wording.message import plain
    from bot.wording.word import word

    asked = Question.asked("ask", by, now(), Place("console", Kind.DIRECT, by.id), "", found)
    picture = Picture(now(), known.organisation, reader=by, question=asked, articles=known.articles)
    message = word(QuestionShown(asked.id), picture)
    suggested = [f"  {button.label}" for button in message.buttons] if asked.outcome == "suggestions" else []
    say("\n".join([plain(replace(message, buttons=())), *suggested]))
    for each in found.ranked[:3]:
        note(f"{each.confidence:4.0%}  {each.article}")


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(help='JSON lines: {"question": …, "expect": article or null}.')],
    knowledge: Annotated[
        Path | None, typer.Option(help="A directory with articles/, and a glossary if there is one.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON line for each question, in the same order.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(help="Also write a page with measures, a reliability diagram and what limits would do."),
    ] = None,
) -> None:
    """How well the search answers questions whose answers are known. It learns nothing from them."""
    from bot.search import evaluate as ask_all
    from bot.storage.knowledge import load_articles

    settings = read_settings()
    asked = _read_questions(questions)
    directory = knowledge or settings.knowledge
    if not directory.is_dir():
        stop(f"There is no directory {directory}.", code=2)
    loaded = load_articles(directory)
    if loaded.known is None:
        stop(*map(str, loaded.refusals))
    articles = loaded.known.articles
    if strange := sorted({each["expect"] for each in asked if each["expect"]} - articles.keys()):
        note(f"Expected but not there: {', '.join(strange)}")
    engine = built_engine(articles.values(), loaded.glossary, settings)
    result = ask_all(counted(asked, "Asking", len(asked)), engine)
    if html:
        _write_page(result, html, questions.name, settings.language)
    if as_json:
        for row in result.rows:
            print(json.dumps(row, ensure_ascii=False))
    else:
        _show_measures(result)


def _write_page(result: "Evaluation", file: Path, title: str, language: "Language") -> None:
    from bot.reports.evaluation import page

    proposed = (result.t_hi, result.t_lo) if result.t_hi is not None and result.t_lo is not None else None
    try:
        file.write_text(page(result.rows, result.summary, proposed, title, language), encoding="utf-8")
    except OSError as fault:
        stop(f"{file} cannot be written: {fault.strerror}.", code=2)
    note(f"Written: {file}")


def _show_measures(result: "Evaluation") -> None:
    from bot.wording.message import Table

    shown = tuple((name, "–" if isnan(value) else f"{100 * value:.1f}") for name, value in result.summary.items())
    caption = f"{result.inside} questions with an article, {result.outside} without"
    show(Table(caption, ("measure", "%"), shown, (1,)))
    if result.t_hi is None or result.t_lo is None:
        note("No question without an article: no limits can be proposed.")
        return
    say(f"t_hi {result.t_hi:.4f}  t_lo {result.t_lo:.4f}  (from {result.outside} questions without an article)")


def _read_questions(file: Path) -> list[Mapping[str, Any]]:
    if not file.is_file():
        stop(f"There is no file {file}.", code=2)
    asked: list[Mapping[str, Any]] = []
    wrong: list[str] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            one = _question(line)
            asked.extend([one] if one else [])
            wrong.extend([] if one else [f'{file}:{number} wants {{"question": "…", "expect": "article" or null}}'])
    if wrong:
        stop(*wrong, code=2)
    return asked


def _question(line: str) -> Mapping[str, Any] | None:
    try:
        said = json.loads(line)
    except json.JSONDecodeError:
        return None
    fits = isinstance(said, dict) and isinstance(said.get("question"), str) and "expect" in said
    return said if fits and (said["expect"] is None or isinstance(said["expect"], str)) else None
