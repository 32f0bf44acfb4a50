"""What the terminal shows: results on standard output, everything else on standard error, and no word read as markup."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, track
from rich.table import Table as Grid
from rich.text import Text

from bot.wording.message import Table

if TYPE_CHECKING:
    from bot.domain.people import Language
    from bot.storage.knowledge import Complaint

T = TypeVar("T")

err = Console(stderr=True, highlight=False)
_WIDE = 400  # where nobody looks, a row is a line


def say(text: str = "", style: str = "") -> None:
    _out().print(Text(text, style), soft_wrap=True)


def stop(*sentences: str, code: int = 1) -> NoReturn:
    """Why it did not go, one line each, and the exit code."""
    for sentence in sentences:
        err.print(Text(sentence, "red"), soft_wrap=True)
    raise typer.Exit(code)


def note(text: str) -> None:
    """Beside the result: hints, and what is being done."""
    err.print(Text(text, "dim"), soft_wrap=True)


def complain(complaints: "Iterable[Complaint]", language: "Language", *, beside: bool = False) -> None:
    """What is wrong in files, each with file and line, in the language of the house; `beside` the result, or as the result."""
    from bot.wording.say import say as word

    for each in complaints:
        said = each.said(language)
        where = err if beside else _out()
        text = said if each.is_refusal else word(language, "kn.warning", complaint=said)
        where.print(Text(text, "red" if each.is_refusal else "yellow"), soft_wrap=True)


def agrees(question: str) -> bool:
    """Yes in either language; anything else, and nothing at all, is no."""
    answer: str = typer.prompt(question, default="", show_default=False, prompt_suffix=" ")
    return answer.strip().lower() in {"j", "ja", "y", "yes"}


def busy(doing: str) -> AbstractContextManager[object]:
    """While something takes more than a moment."""
    return err.status(Text(f"{doing} …"))


@contextmanager
def far(doing: str) -> Iterator[Callable[[int, int], None]]:
    """As `busy`; a bar as soon as somebody says how far it is (done, of how many), from any thread."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[far]}"))
    with Progress(*columns, console=err, transient=True) as shown:
        task = shown.add_task(f"{doing} …", total=None, far="")
        yield lambda done, total: shown.update(task, completed=done, total=total, far=f"{done} of {total}")


def counted(items: Iterable[T], doing: str, total: int) -> Iterable[T]:
    return track(items, doing, total=total, console=err, transient=True)


def show(table: Table) -> None:
    """With lines between columns where somebody looks; each row on a line of its own everywhere else."""
    say(table.caption, "bold")
    grid = Grid(show_footer=bool(table.total))
    for nth, head in enumerate(table.head):
        footer = table.total[nth] if nth < len(table.total) else ""
        grid.add_column(Text(head), Text(footer), justify="right" if nth in table.numbers else "left")
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row))
    _out().print(grid)


def write_csv(file: Path, table: Table) -> None:
    from bot.reports.csv import csv_of

    try:
        file.write_text(csv_of(table), encoding="utf-8", newline="")
    except OSError as fault:
        stop(f"{file} cannot be written: {fault.strerror}")
    note(f"{len(table.rows)} rows in {file}")


def _out() -> Console:
    there = Console(highlight=False)
    return there if there.is_terminal else Console(highlight=False, width=_WIDE)
