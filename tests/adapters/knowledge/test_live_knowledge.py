"""Knowledge follows its files while the desk runs; a broken file leaves the last good knowledge in place."""

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event, Thread

import pytest
from house_in_files import TODAY, House

from bot.desk.ports import Known
from bot.domain.articles import ArticleId
from bot.search import build_now
from bot.storage.knowledge import Complaint, KnowledgeRefused, LiveKnowledge, load_apart
from bot.storage.knowledge.files import files_in
from bot.storage.knowledge.load import load_files

ARTICLES = "articles/pc.yaml"
QUIET = "review_by: 2027-06-30\n  audience"


@dataclass
class Ear:
    heard: list[tuple[Complaint, ...]] = field(default_factory=list)
    today: date = TODAY

    def __call__(self, complaints: tuple[Complaint, ...]) -> None:
        self.heard.append(complaints)

    def refusals(self) -> list[str]:
        return [str(each) for said in self.heard for each in said if each.is_refusal]


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def live(house: House, ear: Ear) -> LiveKnowledge:
    return LiveKnowledge(house.directory, lambda: ear.today, ear)


def test_nothing_changes_while_no_file_does(live: LiveKnowledge):
    before = live.now()
    assert live.refresh() is False
    assert live.now() is before


def test_a_changed_file_is_live_after_a_refresh(house: House, live: LiveKnowledge):
    house.change(ARTICLES, "en: Open the client.", "en: Start the client.")
    assert live.refresh() is True
    assert live.now().articles[ArticleId("vpn-hjemme")].answers["en"] == "Start the client."


def test_an_edit_of_the_same_length_in_the_same_moment_is_seen(house: House, live: LiveKnowledge):
    path = house.directory / ARTICLES
    stat = path.stat()
    house.change(ARTICLES, "Open the", "Find the")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert live.refresh() is True


def test_a_removed_article_is_gone(house: House, live: LiveKnowledge):
    house.change(ARTICLES, "see_also: [kaffe]\n  ", "")
    house.write(ARTICLES, house.text(ARTICLES).split("- id: kaffe")[0])
    assert live.refresh() is True
    assert ArticleId("kaffe") not in live.now().articles


def test_a_broken_file_keeps_the_last_good_knowledge_and_is_told_once(house: House, ear: Ear, live: LiveKnowledge):
    before = live.now()
    house.change(ARTICLES, "covered: false", "covered: maybe")
    assert [live.refresh(), live.refresh()] == [False, False]
    assert live.now() is before
    assert ear.refusals() == [f"{house.where(ARTICLES, 27)}kaffe: covered maybe must be true or false"]


def test_another_edit_of_a_file_that_stays_broken_is_not_told_again(house: House, ear: Ear, live: LiveKnowledge):
    house.change(ARTICLES, "covered: false", "covered: maybe")
    live.refresh()
    house.change(ARTICLES, "en: Open", "en: Start")
    assert live.refresh() is False
    assert len(ear.refusals()) == 1


def test_a_mended_file_is_live_again(house: House, ear: Ear, live: LiveKnowledge):
    house.change(ARTICLES, "covered: false", "covered: maybe")
    live.refresh()
    house.change(ARTICLES, "covered: maybe", "covered: true")
    assert live.refresh() is True
    assert live.now().articles[ArticleId("kaffe")].covered
    house.change(ARTICLES, "covered: true", "covered: maybe")
    live.refresh()
    assert len(ear.refusals()) == 2


def test_files_that_disappear_change_nothing(house: House, live: LiveKnowledge):
    before = live.now()
    house.remove("organisation.yaml")
    assert live.refresh() is False
    assert live.now() is before


def test_a_new_day_can_bring_a_warning(house: House, ear: Ear):
    house.change(ARTICLES, QUIET, QUIET.replace("2027-06-30", "2026-11-23"))
    live = LiveKnowledge(house.directory, lambda: ear.today, ear)
    heard = len(ear.heard)
    ear.today = date(2026, 11, 24)
    assert live.refresh() is True
    assert len(ear.heard) == heard + 1
    assert any("has passed" in str(each) for each in live.loaded().complaints)


def test_there_is_nothing_to_begin_with_when_the_files_are_broken(house: House, ear: Ear):
    house.change(ARTICLES, "covered: false", "covered: maybe")
    with pytest.raises(KnowledgeRefused) as refused:
        LiveKnowledge(house.directory, lambda: TODAY, ear)
    assert [each.subject for each in refused.value.complaints] == ["kaffe"]
    assert "covered maybe must be true or false" in str(refused.value)


def test_a_file_broken_during_a_stop_does_not_keep_the_desk_shut(house: House, ear: Ear, tmp_path: Path):
    kept = tmp_path / "last-good"
    before = LiveKnowledge(house.directory, lambda: TODAY, ear, kept).now()
    house.change(ARTICLES, "covered: false", "covered: maybe")
    again = LiveKnowledge(house.directory, lambda: TODAY, ear, kept)
    assert again.now().articles.keys() == before.articles.keys()
    assert len(ear.refusals()) == 1
    house.change(ARTICLES, "covered: maybe", "covered: true")
    assert again.refresh() is True
    assert again.now().articles[ArticleId("kaffe")].covered


def test_what_is_kept_is_only_what_was_good(house: House, ear: Ear, tmp_path: Path):
    kept = tmp_path / "last-good"
    live = LiveKnowledge(house.directory, lambda: TODAY, ear, kept)
    house.change(ARTICLES, "en: Open", "en: Start")
    assert live.refresh() is True
    house.change(ARTICLES, "covered: false", "covered: maybe")
    assert live.refresh() is False
    assert "Start" in (kept / ARTICLES).read_text(encoding="utf-8")
    assert "maybe" not in (kept / ARTICLES).read_text(encoding="utf-8")
    (kept / ARTICLES).write_text("- [", encoding="utf-8")
    with pytest.raises(KnowledgeRefused):
        LiveKnowledge(house.directory, lambda: TODAY, ear, kept)


def test_many_threads_may_refresh_and_ask(house: House, live: LiveKnowledge):
    house.change(ARTICLES, "en: Open", "en: Start")
    changed: list[bool] = []

    def work() -> None:
        changed.append(live.refresh())
        assert live.now().articles

    threads = [Thread(target=work) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(changed) == [False] * 7 + [True]


def test_what_is_read_in_a_process_of_its_own_is_what_is_read_here(known: Known):
    files = files_in(Path(__file__).parents[3] / "knowledge")
    apart, here = load_apart(files, TODAY), load_files(files, TODAY)
    assert apart == here
    assert apart.known == here.known
    assert apart.known is not None
    assert apart.known.articles.keys() == known.articles.keys()


def test_a_child_that_cannot_be_started_costs_time_and_nothing_else(monkeypatch: pytest.MonkeyPatch, house: House):
    monkeypatch.setattr("sys.executable", "/no/such/program")
    assert load_apart(files_in(house.directory), TODAY).known is not None


def test_no_question_meets_anything_but_whole_knowledge_while_files_break_and_mend(
    house: House, ear: Ear, tmp_path: Path
):
    live = LiveKnowledge(house.directory, lambda: TODAY, ear, again=load_apart)
    engine = build_now(live.now().articles.values(), live.loaded().glossary, tmp_path / "index")
    asked: list[tuple[str, ...]] = []
    stop = Event()

    def ask() -> None:
        while not stop.is_set():
            asked.append(tuple(sorted(each.article for each in engine.find("vpn virker ikke").ranked)))

    asking = Thread(target=ask)
    asking.start()
    for old, new in (
        ("covered: false", "covered: maybe"),
        ("covered: maybe", "covered: false"),
        ("- vpn virker ikke", "- vpn går i stå"),
    ):
        house.change(ARTICLES, old, new)
        if live.refresh():
            engine.renew(live.now().articles.values(), live.loaded().glossary)
    engine.wait_until_built()
    stop.set()
    asking.join()
    engine.close()
    assert set(asked) == {("kaffe", "vpn-hjemme")}
    assert len(ear.refusals()) == 1
    assert live.now().articles[ArticleId("vpn-hjemme")].phrasings[1] == "vpn går i stå"
