"""The drawing holds: what is pure stays pure, and broad excepts are where they have a reason to be."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).parents[2] / "bot"
PURE = ("domain", "desk", "wording")
FORBIDDEN = {"os", "socket", "random", "logging", "subprocess", "threading", "time"}
# Round one inbound request (or tick), and round one delivery.
BROAD = {"app/attending.py", "desk/delivery.py"}


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}: relative import"
            yield node.module or ""


@pytest.mark.parametrize("layer", PURE)
def test_pure_layers_import_the_standard_library_and_each_other_only(layer: str) -> None:
    for file in (BOT / layer).rglob("*.py"):
        for name in _imports(file):
            top = name.split(".")[0]
            assert top == "bot" or top in sys.stdlib_module_names, f"{file}: {name}"
            assert top not in FORBIDDEN, f"{file}: {name}"


def _broad_excepts() -> Iterator[str]:
    for file in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                names = {each.id for each in ast.walk(node.type) if isinstance(each, ast.Name)} if node.type else set()
                reraises = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
                if reraises:
                    continue  # undoing, not catching
                if node.type is None or names & {"Exception", "BaseException"}:
                    yield file.relative_to(BOT).as_posix()


def test_there_are_two_broad_excepts_and_each_has_its_reason() -> None:
    assert sorted(_broad_excepts()) == sorted(BROAD)


def test_every_file_says_its_idea_in_its_first_line() -> None:
    silent = [file for file in BOT.rglob("*.py") if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))]
    assert not silent
