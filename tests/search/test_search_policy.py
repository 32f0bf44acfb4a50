"""When the desk answers, suggests or hands over."""

from dataclasses import replace

from fjordby import ARTICLES, GLOSSARY

from bot.domain.articles import Answer, ArticleId, NoAnswer, Ranked, Suggestions
from bot.search import Limits, build_now
from bot.search.policy import decide

BY_ID = {each.id: each for each in ARTICLES}


def ranked(**confidences: float) -> tuple[Ranked, ...]:
    return tuple(Ranked(ArticleId(name), confidence) for name, confidence in confidences.items())


def decided(**confidences: float):
    return decide(ranked(**confidences), BY_ID, 0.5, 0.15)


def test_half_sure_is_sure_enough_to_answer() -> None:
    assert decided(vpn=0.5, teams=0.4) == Answer(ArticleId("vpn"), 0.5, ranked(vpn=0.5, teams=0.4))


def test_less_is_suggested_three_at_most_and_none_below_the_lower_limit() -> None:
    assert decided(vpn=0.49, teams=0.3, printer=0.2, tablet=0.16).articles == ("vpn", "teams", "printer")
    assert decided(vpn=0.15, teams=0.149).articles == ("vpn",)


def test_below_that_a_person_takes_over() -> None:
    assert decided(vpn=0.149) == NoAnswer(ranked(vpn=0.149))


def test_nothing_ranked_is_a_persons_matter() -> None:
    assert decided() == NoAnswer(())


def test_a_subject_that_is_not_covered_is_never_shown() -> None:
    assert decided(kantine=0.4, vpn=0.2).articles == ("vpn",)
    assert isinstance(decided(kantine=0.4, vpn=0.1), NoAnswer)
    sure = decided(kantine=0.5, vpn=0.4)
    assert sure == NoAnswer(
        ranked(kantine=0.5, vpn=0.4), BY_ID[ArticleId("kantine")].system, ArticleId("kantine"), "service"
    )


def test_a_subject_that_is_not_covered_and_not_sure_is_not_named() -> None:
    assert decided(kantine=0.49).not_covered is None


def test_candidates_of_one_system_together_name_the_system() -> None:
    assert decided(vpn=0.1, teams=0.1).system is None
    same = {name: replace(each, system="netvaerk") for name, each in BY_ID.items()}
    assert decide(ranked(vpn=0.1, teams=0.1), same, 0.5, 0.15).system == "netvaerk"
    assert decide(ranked(vpn=0.1, teams=0.04), same, 0.5, 0.15).system is None


def test_the_limits_are_settings(tmp_path) -> None:
    question = "Jeg har glemt min adgangskode"
    unsure = build_now(ARTICLES, GLOSSARY, tmp_path, Limits(t_hi=1.01, t_lo=0.0))
    silent = build_now(ARTICLES, GLOSSARY, tmp_path, Limits(t_hi=1.01, t_lo=1.01))
    assert isinstance(unsure.find(question), Suggestions)
    assert isinstance(silent.find(question), NoAnswer)


def test_a_strict_desk_asks_for_more_than_its_own_knowledge_reaches_without_the_article() -> None:
    assert Limits().sure(0.8) == 0.5
    assert Limits(strict=True).sure(0.8) == 0.8
    assert Limits(strict=True).sure(0.3) == 0.5
