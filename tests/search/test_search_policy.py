"""When the desk answers, suggests or hands over."""

from dataclasses import replace

from fjordby import ARTICLES, GLOSSARY

from bot.domain.articles import Answer, ArticleId, Caution, NoAnswer, Ranked, Suggestions
from bot.search import Limits, Policy, build_now
from bot.search.policy import decide

BY_ID = {each.id: each for each in ARTICLES}


def ranked(**confidences: float) -> tuple[Ranked, ...]:
    return tuple(Ranked(ArticleId(name), confidence) for name, confidence in confidences.items())


def decided(**confidences: float):
    return decide(ranked(**confidences), BY_ID, Policy())


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
    assert decide(ranked(vpn=0.1, teams=0.1), same, Policy()).system == "netvaerk"
    assert decide(ranked(vpn=0.1, teams=0.04), same, Policy()).system is None


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


VPN = BY_ID[ArticleId("vpn")].system


def asking_more(**more):
    """Everything as usual, but for the system of the article about VPN."""
    return Policy(Limits(), {VPN: Caution(**more)})


def test_a_system_may_ask_for_more_and_the_others_do_not_notice() -> None:
    assert isinstance(decide(ranked(vpn=0.6), BY_ID, asking_more(t_hi=0.7)), Suggestions)
    assert isinstance(decide(ranked(vpn=0.7), BY_ID, asking_more(t_hi=0.7)), Answer)
    assert isinstance(decide(ranked(teams=0.6), BY_ID, asking_more(t_hi=0.7)), Answer)


def test_a_system_may_suggest_less_and_the_others_do_not_notice() -> None:
    assert decide(ranked(vpn=0.2, teams=0.2), BY_ID, asking_more(t_lo=0.3)).articles == ("teams",)


def test_a_system_may_be_strict_alone() -> None:
    for strict_limit, found in ((0.8, Suggestions), (0.6, Answer)):
        assert isinstance(decide(ranked(vpn=0.7), BY_ID, asking_more(strict=True), strict_limit), found)
    assert isinstance(decide(ranked(teams=0.7), BY_ID, asking_more(strict=True), 0.8), Answer)


def test_a_small_lead_turns_an_answer_into_suggestions_and_nothing_else() -> None:
    policy = Policy(Limits(margin=0.2))
    assert decide(ranked(vpn=0.55, teams=0.45), BY_ID, policy).articles == ("vpn", "teams")
    assert isinstance(decide(ranked(vpn=0.65, teams=0.45), BY_ID, policy), Answer)
    assert isinstance(decide(ranked(vpn=0.55), BY_ID, policy), Answer)
    assert isinstance(decide(ranked(vpn=0.1, teams=0.09), BY_ID, policy), NoAnswer)
    assert isinstance(decide(ranked(kantine=0.55, vpn=0.45), BY_ID, policy), Suggestions)


def test_what_a_system_does_not_say_is_as_everywhere() -> None:
    usual = Limits(0.6, 0.2, strict=True, margin=0.1)
    assert Caution().over(usual) == usual
    assert Caution(t_hi=0.9).over(usual) == Limits(0.9, 0.2, strict=True, margin=0.1)
    assert Caution(strict=False, margin=0.0).over(usual) == Limits(0.6, 0.2)


def test_what_a_system_asks_for_is_live_with_the_knowledge(tmp_path) -> None:
    engine = build_now(ARTICLES, GLOSSARY, tmp_path)
    article = next(each for each in ARTICLES if isinstance(engine.find(each.phrasings[0]), Answer) and each.system)
    engine.renew(ARTICLES, GLOSSARY, {article.system: Caution(t_hi=1.01)})
    assert isinstance(engine.find(article.phrasings[0]), Suggestions)
