"""Gaps: dearest first, nobody recognisable in them, and YAML that `check` takes as it is."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.desk.learning import Lesson
from bot.domain.articles import ArticleId
from bot.domain.people import SystemId
from bot.reports.gaps import Hider, draft, gaps
from bot.storage.knowledge import load

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PRINTER = SystemId("printere")


def lesson(words, *, minutes=0, solution="", chosen=None, system=PRINTER):
    return Lesson(words, NOW, words, system, chosen and ArticleId(chosen), solution, minutes * 60)


def one(known, *lessons):
    (found,) = gaps(lessons, [range(len(lessons))], known)
    return found


def test_the_dearest_gap_comes_first_and_what_cost_nothing_by_count(known):
    asked = [lesson("a etiket", minutes=10), lesson("b skuffe", minutes=3), lesson("b skuffen", minutes=3), lesson("c toner"), lesson("d kø"), lesson("d køen er fuld")]  # fmt: skip
    found = gaps(asked, [[0], [1, 2], [3], [4, 5]], known)
    assert [(each.count, each.spent_s // 60) for each in found] == [(2, 6), (1, 10), (2, 0), (1, 0)]


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("Sam Villadsen har min pc", "Sam Villadsen"),
        ("det er sams printer", "sams"),
        ("skriv til mia@fjordby.example", "mia@fjordby.example"),
        ("ring på 12 34 56 78 eller +45 12345678", "12345678"),
        ("ring på 1234 5678", "1234 5678"),
        ("ring på 12-34-56-78.", "12-34-56-78"),
        ("borger 010165-1234 kan ikke", "010165"),
    ],
)
def test_nothing_that_says_who_somebody_is_leaves_with_a_gap(known, said, hidden):
    gap = one(known, lesson(said, solution=f"Løst: {said}"))
    yaml = draft(gap, known, TODAY)
    assert hidden in said
    assert hidden not in yaml
    assert hidden not in " ".join(gap.phrasings) + gap.solution


def test_everybody_of_the_organisation_is_masked(known):
    hide = Hider(known.organisation)
    for person in known.organisation.people.values():
        assert person.name not in hide(f"Hej {person.name}, hjælp"), person.name


def test_what_is_no_name_stays(known):
    assert Hider(known.organisation)("kl. 10.15 den 23-11-2026 på etage 2") == "kl. 10.15 den 23-11-2026 på etage 2"


def test_the_article_that_people_chose_is_the_one_to_teach(known):
    chosen = next(iter(known.articles))
    gap = one(known, lesson("sådan siger vi det her", chosen=chosen), lesson("og sådan her", chosen=chosen))
    assert gap.article == chosen
    assert draft(gap, known, TODAY) == "    - sådan siger vi det her\n    - og sådan her\n"


def test_an_article_that_a_colleague_answered_with_is_the_one_to_teach(known):
    article = next(iter(known.articles.values()))
    assert one(known, lesson("helt andre ord", solution=article.answer_in("da"))).article == article.id


def test_an_article_that_is_gone_is_not_taught(known):
    assert one(known, lesson("noget", chosen="gone")).article is None


def test_a_phrasing_that_an_article_has_already_is_not_offered(known):
    own = next(iter(known.articles.values())).phrasings[0]
    assert gaps([lesson(own)], [[0]], known) == []
    assert one(known, lesson(own), lesson("noget helt andet end det"), lesson("Noget helt andet end det!")).phrasings == ("noget helt andet end det",)  # fmt: skip


def test_without_a_solution_there_is_nothing_to_paste(known):
    assert draft(one(known, lesson("ingen ved det")), known, TODAY) == ""


HARD = ["ja: nej # hvad?", "- minus", "'citat\" og {krølle} [kant]", "12", "true", "etiket 2026-01-31", "  mange   ord\n på linjer  "]  # fmt: skip


def test_a_new_article_passes_the_check_when_it_is_pasted(known, tmp_path):
    solution = "Åbn printerkøen: Start > Printere.\n\n- Tøm den\n# og genstart\n\tså virker det: altid"
    gap = one(known, *(lesson(text, solution=solution) for text in HARD))
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    (tmp_path / "knowledge" / "articles" / "nye.yaml").write_text(draft(gap, known, TODAY), "utf-8")
    loaded = load(tmp_path / "knowledge", TODAY)
    assert loaded.refusals == ()
    fresh = next(article for name, article in loaded.known.articles.items() if name not in known.articles)
    assert fresh.phrasings == tuple(" ".join(each.split()) for each in HARD)
    assert "og genstart" in fresh.answer_in("da")
    assert fresh.system == PRINTER


def test_phrasings_pass_the_check_when_they_are_pasted_under_the_questions_of_their_article(known, tmp_path):
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    article = next(iter(known.articles.values()))
    gap = one(known, *(lesson(text, chosen=article.id) for text in HARD))
    file = tmp_path / "knowledge" / Path(article.source.rpartition(":")[0]).relative_to(ROOT / "knowledge")
    head, rest = file.read_text("utf-8").split("  questions:\n", 1)
    file.write_text(f"{head}  questions:\n{draft(gap, known, TODAY)}{rest}", "utf-8")
    loaded = load(tmp_path / "knowledge", TODAY)
    assert loaded.refusals == ()
    assert len(loaded.known.articles[article.id].phrasings) == len(article.phrasings) + len(HARD)


def test_two_gaps_that_begin_alike_get_ids_of_their_own(known):
    taken = next(iter(known.articles))
    gap = one(known, lesson(taken.replace("-", " "), solution="Sådan gør man."))
    assert f"- id: {taken}-2\n" in draft(gap, known, TODAY)
    assert "- id: ny-artikel\n" in draft(one(known, lesson("日本語", solution="Sådan.")), known, TODAY)
