"""The README is true: its chat is played, its settings are the program's, its article loads."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree

from bot.settings import settings_table
from bot.storage.knowledge import load

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_chat_is_played(plays: Callable[[str], None]) -> None:
    chat = re.search(r"```\n(man 10:00.*?)```", README, re.DOTALL)
    assert chat
    plays(f"\n{chat[1]}")


def test_its_settings_are_those_of_the_program() -> None:
    table = re.search(r"<!-- settings -->\n(.*?)<!-- /settings -->", README, re.DOTALL)
    assert table
    assert table[1].strip() == settings_table().strip()


def test_its_article_loads_beside_the_others(tmp_path: Path) -> None:
    article = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert article
    house = copytree(ROOT / "knowledge", tmp_path / "knowledge")
    file = house / "articles" / "printere.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\n" + article[1], encoding="utf-8")
    loaded = load(house, date(2026, 11, 23))
    assert not loaded.refusals, loaded.refusals
    assert loaded.known
    assert "etiketprinter-blank" in loaded.known.articles


def test_every_make_target_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`?make (\w+)`?", README)) - {"sense"}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
