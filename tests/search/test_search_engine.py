"""The engine's life: ready at once, built by a child process, kept on disk, renewed when the knowledge changes."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fjordby import ARTICLES, GLOSSARY, article

from bot.domain.articles import Answer, ArticleId, NoAnswer
from bot.search import Engine, IndexNotBuiltError, Limits, build_now, cache, open_engine
from bot.search.build import build
from bot.search.corpus import Corpus
from bot.search.index import Index

CORPUS = Corpus.of(ARTICLES, GLOSSARY)
BUILT = build(CORPUS)
QUESTION = "Etiketprinteren skriver blanke etiketter"


def test_an_engine_without_an_index_answers_what_it_knows_word_for_word_and_suggests_the_rest(tmp_path: Path) -> None:
    engine = Engine(tmp_path / "not a folder", Limits())
    (tmp_path / "not a folder").write_text("in the way")
    engine.renew(ARTICLES, GLOSSARY)
    assert engine.find(QUESTION).ranked[0].article == "etiketprinter"
    assert isinstance(engine.find(QUESTION.upper()), Answer)
    for typed in (
        "etiketprinteren er blank",
        "vagt",
        "kan ikke huske mit password",
        "hvem vandt kampen",
        "",
        "😀",
    ):
        assert not isinstance(engine.find(typed), Answer)
    assert engine.find("kan ikke huske mit password").ranked[0].article == "adgangskode"
    assert isinstance(engine.find(QUESTION, frozenset()), NoAnswer)
    with pytest.raises(IndexNotBuiltError):
        engine.wait_until_built()
    assert not engine.is_built
    assert "not a folder" in engine.trouble


def test_a_serving_process_never_imports_what_builds_the_index(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", SERVING, str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
    )
    assert said.stdout.split() == ["True", "etiketprinter", "[]"]


SERVING = """
import sys
from pathlib import Path
from fjordby import ARTICLES, GLOSSARY
from bot.search import open_engine
engine = open_engine(ARTICLES, GLOSSARY, Path(sys.argv[1]))
engine.wait_until_built()
print(engine.is_built, engine.find("blanke etiketter i printeren").ranked[0].article)
print([name for name in sys.modules if name.split(".")[0] in {"sklearn", "scipy"}])
"""


def test_a_cached_index_is_ready_at_once_and_ranks_as_the_one_that_was_built(cache_dir: Path, engine: Engine) -> None:
    again = open_engine(reversed(ARTICLES), GLOSSARY, cache_dir)
    assert again.is_built
    for typed in (QUESTION, "lyd i teams", "min vagt", "password"):
        assert again.rank(typed) == engine.rank(typed) == BUILT.rank(typed)


def test_the_same_knowledge_has_the_same_hash_in_any_order_and_other_knowledge_another() -> None:
    same = Corpus.of(reversed(ARTICLES), GLOSSARY)
    changed = [
        Corpus.of(ARTICLES[1:], GLOSSARY),
        Corpus.of(ARTICLES, GLOSSARY[1:]),
        Corpus.of([replace(ARTICLES[0], phrasings=("noget andet",)), *ARTICLES[1:]], GLOSSARY),
        Corpus.of([replace(ARTICLES[0], language="en"), *ARTICLES[1:]], GLOSSARY),
    ]
    assert same.fingerprint() == CORPUS.fingerprint()
    assert len({each.fingerprint() for each in [CORPUS, *changed]}) == 5
    assert Corpus.from_json(CORPUS.to_json()) == CORPUS


def test_an_answer_that_is_reworded_needs_no_new_index() -> None:
    reworded = [replace(each, answers={"da": "Andre ord."}, owner="Ivo") for each in ARTICLES]
    assert Corpus.of(reworded, GLOSSARY).fingerprint() == CORPUS.fingerprint()


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "noise", "another", "folder"])
def test_a_broken_cache_is_not_trusted_but_built_again(tmp_path: Path, damage: str) -> None:
    path = cache.write(BUILT, tmp_path)
    whole = path.read_bytes()
    middle = len(whole) // 2
    match damage:
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(whole[:middle])
        case "flipped":
            path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
        case "noise":
            path.write_bytes(b"\x93NUMPY" + bytes(range(256)))
        case "another":
            np.savez(path, first=np.zeros(3))
        case "folder":
            path.unlink()
            path.mkdir()
    assert cache.read(tmp_path, CORPUS.fingerprint()) is None
    if damage == "cut":
        engine = build_now(ARTICLES, GLOSSARY, tmp_path)
        assert engine.find(QUESTION).ranked == BUILT.rank(QUESTION)


def test_an_index_under_another_name_is_not_taken_for_this_one(tmp_path: Path) -> None:
    path = cache.write(build(Corpus.of(ARTICLES[:4])), tmp_path)
    path.replace(cache.path_of(tmp_path, CORPUS.fingerprint()))
    assert cache.read(tmp_path, CORPUS.fingerprint()) is None


def test_only_the_newest_indexes_are_kept_and_no_half_written_file(tmp_path: Path) -> None:
    indexes = [build(Corpus.of(ARTICLES[: 2 + number])) for number in range(6)]
    paths = [cache.write(index, tmp_path) for index in indexes]
    assert paths[-1].is_file()
    assert len(list(tmp_path.iterdir())) == cache.KEPT


def test_what_is_removed_is_gone_at_once_and_what_is_new_is_found_when_it_is_built(tmp_path: Path) -> None:
    engine = build_now(ARTICLES, GLOSSARY, tmp_path)
    new = article("scanner", ("Hvordan scanner jeg til mail", "scanneren sender ikke"))
    engine.renew([new, *(each for each in ARTICLES if each.id != "etiketprinter")], GLOSSARY)
    may_see = frozenset({ARTICLES[0].id, ArticleId("etiketprinter")})
    left = {each.id for each in ARTICLES} - {"etiketprinter"}
    assert {each.article for each in engine.find(QUESTION).ranked} <= {new.id, *left}  # a quick child may be done
    assert {each.article for each in engine.find(QUESTION, may_see).ranked} == {ARTICLES[0].id}
    engine.wait_until_built()
    assert isinstance(engine.find("hvordan scanner jeg til mail"), Answer)
    assert "etiketprinter" not in {each.article for each in engine.find(QUESTION).ranked}


def test_knowledge_that_changes_twice_ends_with_the_last(tmp_path: Path) -> None:
    engine = open_engine(ARTICLES[:5], GLOSSARY, tmp_path)
    engine.renew(ARTICLES[:8], GLOSSARY)
    engine.renew(ARTICLES, GLOSSARY)
    engine.wait_until_built()
    assert engine.rank(QUESTION) == BUILT.rank(QUESTION)


def test_reworded_answers_are_live_at_once_without_a_new_index(tmp_path: Path) -> None:
    engine = build_now(ARTICLES, GLOSSARY, tmp_path)
    for file in tmp_path.iterdir():
        file.unlink()
    engine.renew([replace(each, covered=True) for each in ARTICLES], GLOSSARY)
    assert engine.is_built
    assert isinstance(engine.find("Hvordan bestiller jeg mad til en privat fest"), Answer)


def test_waiting_for_an_index_that_nobody_builds_ends(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError, match=r"0\.01 seconds"):
        Engine(tmp_path, Limits()).wait_until_built(0.01)


def test_no_knowledge_at_all_hands_everything_to_a_person(tmp_path: Path) -> None:
    engine = build_now((), (), tmp_path)
    assert engine.is_built
    assert engine.find(QUESTION) == NoAnswer(())


def test_an_article_whose_phrasings_have_no_words_takes_no_part(tmp_path: Path) -> None:
    engine = build_now([article("tegn", ("???", "…")), *ARTICLES], GLOSSARY, tmp_path)
    assert len(engine.rank("???")) == 8
    assert "tegn" not in {each.article for each in engine.rank(QUESTION)}


def test_a_closed_engine_still_answers_and_says_why_it_has_no_index(tmp_path: Path) -> None:
    engine = open_engine(ARTICLES, GLOSSARY, tmp_path)
    engine.close()
    assert engine.is_built or "closed" in engine.trouble  # a quick child may have been faster
    assert isinstance(engine.find(QUESTION), Answer)


def test_many_threads_get_what_one_gets(engine: Engine) -> None:
    questions = [phrasing for each in ARTICLES for phrasing in each.phrasings] * 4
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(engine.find, questions)) == [engine.find(each) for each in questions]


def test_one_article_alone_can_be_learned() -> None:
    index = build(Corpus.of([ARTICLES[0]]))
    assert isinstance(index, Index)
    assert index.rank("Jeg har glemt min adgangskode")[0].confidence > 0.5
    assert index.rank("hvem vandt kampen i går")[0].confidence < 0.5


def test_what_builds_the_index_ends_when_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    """A killed `serve` says nothing: that its end of the pipe is closed is all there is to hear."""
    many = [article(f"a{nth}", tuple(f"spørgsmål {nth} om sag {word}" for word in range(40))) for nth in range(400)]
    child = subprocess.Popen(
        [sys.executable, "-m", "bot.search.build", str(tmp_path)], stdin=subprocess.PIPE, encoding="utf-8"
    )
    assert child.stdin
    child.stdin.write(f"{Corpus.of(many, GLOSSARY).to_json()}\n")
    child.stdin.close()
    assert child.wait(300) == 1
    assert not [*tmp_path.iterdir()]
