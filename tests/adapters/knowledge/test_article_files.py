"""What is asked of an article before it may answer anybody."""

from datetime import date
from pathlib import Path

import pytest
from house_in_files import House

from bot.domain.articles import ArticleId
from bot.storage.knowledge import load_articles

ARTICLES = "articles/pc.yaml"

MISTAKES = [
    ("id: vpn-hjemme", "id: VPN hjemme", '"VPN hjemme" is not an id: small letters a-z, digits, - and _, at most 64'),
    ("review_by: 2027-06-30\n  audience", "review_by: next year\n  audience", 'review_by "next year" must be a date'),
    ("owner: ivo@fjordby.example", "owner: ive", "vpn-hjemme: owner ive is not a known person; did you mean ivo?"),
    ("system: omsorg", "system: omsorgen", "vpn-hjemme: system omsorgen is not a known system; did you mean omsorg?"),
    ("[employee, it]", "[employee, boss]", "vpn-hjemme: audience[1] boss is not a known audience"),
    ("[employee, it]", "[employee, on]", "vpn-hjemme: audience[1] on is read by YAML as true or false"),
    ("see_also: [kaffe]", "see_also: [kafe]", "vpn-hjemme: see_also[0] kafe is not a known article; did you mean kaffe?"),
    ("see_also: [kaffe]", "see_also: [vpn-hjemme]", "vpn-hjemme: see_also[0] vpn-hjemme is the article itself"),
    ("see_also: [kaffe]", "tags: [x]", "vpn-hjemme: tags is not a known key here"),
    ("en: Open the client.", "de: Hallo", "vpn-hjemme: answer.de Hallo must be 'da', 'en'"),
    ("en: Open the client.", "en:", "vpn-hjemme: answer.en must be text"),
    ("answer: Det klarer kantinen.", "answer: ''", "kaffe: answer is empty"),
    ("answer: Det klarer kantinen.", "svar: x", "kaffe: svar x is not a known key here"),
    ("covered: false", "covered: no", "kaffe: covered no is read by YAML as true or false"),
    ("- vpn virker ikke", "- 4040", "vpn-hjemme: questions[1] 4040 must be text; if it is, write it in quotes"),
    ("[kaffe til møde, bestil kaffe, mødeforplejning, brød og kaffe, kan vi få te]", "[]", "kaffe: questions needs"),
    ("- sidder i sommerhuset og mangler mappen", "- VPN virker ikke?", 'is nearly the question "vpn virker ikke": a test'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    MISTAKES,
    ids=[new[:40] for _, new, _ in MISTAKES],
)
def test_a_mistake_in_an_article_is_told_where_it_stands(house: House, old: str, new: str, sentence: str):
    line = house.change(ARTICLES, old, new)
    said = [str(each) for each in house.load().refusals]
    assert any(each.startswith(house.where(ARTICLES, line)) and sentence in each for each in said), said


@pytest.mark.parametrize("key", ["questions", "answer", "owner", "review_by"])
def test_an_article_that_lacks_what_it_needs_is_told(house: House, key: str):
    text = house.text(ARTICLES)
    line = text[: text.index("- id: kaffe")].count("\n") + 1
    house.change(ARTICLES, text[text.index("- id: kaffe") :], "")
    kept = [each for each in text.splitlines()[line - 1 :] if not each.strip().startswith(f"{key}:")]
    house.write(ARTICLES, house.text(ARTICLES) + "\n".join(kept) + "\n")
    assert house.refusal() == f"{house.where(ARTICLES, line)}kaffe: {key} is missing"


def test_an_article_without_a_name_is_told(house: House):
    line = house.change(ARTICLES, "- id: kaffe\n  questions", "- questions")
    said = [str(each) for each in house.load().refusals]
    assert f"{house.where(ARTICLES, line)}pc: [1].id is missing" in said


def test_an_id_stands_once_in_all_files(house: House):
    house.write("articles/igen.yaml", house.text(ARTICLES).split("\n\n")[0] + "\n")
    said = [str(each) for each in house.load().refusals]
    first = f"{house.directory.as_posix()}/articles/igen.yaml:1"
    assert f"{house.where(ARTICLES, 1)}vpn-hjemme: id vpn-hjemme is used twice (first in {first})" in said


def test_a_question_belongs_to_one_article(house: House):
    first = house.change(ARTICLES, "- vpn virker ikke", "- BESTIL  kaffe!")
    assert f"{ARTICLES}:{first})" in house.refusal()
    assert 'kaffe: questions[1] "bestil kaffe" is a question of vpn-hjemme too (' in house.refusal()


def test_two_articles_for_different_people_may_share_a_question(house: House):
    house.change(ARTICLES, "- vpn virker ikke", "- bestil kaffe")
    house.change(ARTICLES, "covered: false", "audience: [contract_manager]")
    assert house.warnings() == []


def test_a_question_twice_in_one_article_is_worth_a_warning(house: House):
    line = house.change(ARTICLES, "- vpn virker ikke", "- VPN virker ikke\n    - vpn virker ikke")
    (warning,) = house.warnings()
    assert (warning.line, warning.reason.sentence[:28]) == (line + 1, "stands twice in this article")


def test_an_article_past_its_review_date_is_told_with_its_owner(house: House):
    line = house.change(ARTICLES, "review_by: 2027-06-30\n  audience", "review_by: 2026-11-22\n  audience")
    (warning,) = house.warnings()
    assert str(warning) == (
        f"{house.where(ARTICLES, line)}vpn-hjemme: review_by 2026-11-22 has passed (owner: ivo@fjordby.example)"
    )
    assert house.warnings(today=date(2026, 11, 22)) == []


def test_few_questions_are_worth_a_warning(house: House):
    house.change(ARTICLES, "    - connect from home\n", "")
    (warning,) = house.warnings()
    assert (warning.line, warning.subject) == (1, "vpn-hjemme")
    assert "has fewer than 5 questions" in str(warning)


def test_files_that_are_no_list_of_articles_are_told(house: House):
    house.write("articles/andet.yaml", "id: x\n")
    assert (
        house.refusal()
        == f"{house.where('articles/andet.yaml', 1)}x: is not a list of articles: each begins with - id:"
    )


def test_an_article_is_what_the_file_says(house: House):
    known = house.load().known
    assert known
    vpn, coffee = (known.articles[ArticleId(each)] for each in ("vpn-hjemme", "kaffe"))
    assert vpn.title() == "Hvordan kommer jeg på VPN hjemmefra"
    assert vpn.answers == {"da": "Åbn klienten.", "en": "Open the client."}
    assert (vpn.system, vpn.audience, vpn.see_also) == ("omsorg", {"employee", "it"}, ("kaffe",))
    assert (vpn.golden.matches, vpn.golden.excludes) == (
        ("sidder i sommerhuset og mangler mappen",),
        ("hvem bestiller kage",),
    )
    assert vpn.source == f"{house.directory.as_posix()}/{ARTICLES}:1"
    assert vpn.covered
    assert (coffee.answers, coffee.owner, coffee.covered) == ({"da": "Det klarer kantinen."}, "ivo", False)


def collection(directory: Path, text: str) -> Path:
    (directory / "articles").mkdir()
    (directory / "articles" / "all.yaml").write_text(text, encoding="utf-8")
    return directory


def test_a_collection_needs_only_ids_questions_and_answers(tmp_path: Path):
    loaded = load_articles(
        collection(
            tmp_path,
            "- {id: card_arrival?, questions: [where is my card], answer: Soon., language: en}\n"
            "- {id: Refund, questions: [where is my card], answer: {en: Wait.}, owner: somebody, audience: [vips]}\n",
        )
    )
    assert loaded.complaints == ()
    assert loaded.known
    assert [(each.id, each.answer_in("en")) for each in loaded.known.articles.values()] == [
        ("card_arrival?", "Soon."),
        ("Refund", "Wait."),
    ]


def test_a_collection_may_bring_a_glossary(tmp_path: Path):
    (tmp_path / "glossary.yaml").write_text("groups: [[card, kort]]", encoding="utf-8")
    loaded = load_articles(collection(tmp_path, "- {id: a, questions: [b], answer: c}"))
    assert loaded.glossary == (("card", "kort"),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- {id: a, questions: [b]}", "all.yaml:1 a: answer is missing"),
        ("- {id: a, questions: [b], answer: c}\n- {id: a, questions: [d], answer: c}", "all.yaml:2 a: id a is used twice"),
        ("- {id: a, questions: [b], answer: c, see_also: [d]}", "a: see_also[0] d is not a known article"),
        ("x: [\n", "all.yaml:2 all: is not YAML"),
    ],
)  # fmt: skip
def test_mistakes_in_a_collection_are_told(tmp_path: Path, text: str, sentence: str):
    loaded = load_articles(collection(tmp_path, text))
    assert loaded.known is None
    assert sentence in str(loaded.complaints[0])


def test_a_directory_without_articles_is_told(tmp_path: Path):
    loaded = load_articles(tmp_path / "nowhere")
    assert loaded.known is None
    assert [str(each) for each in loaded.complaints] == [
        f"{tmp_path.as_posix()}/nowhere/articles:1 articles: is missing"
    ]
