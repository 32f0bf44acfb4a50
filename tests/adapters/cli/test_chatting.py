"""`driftsvagt chat`: the whole desk in one terminal, one person at a time."""

from collections.abc import Callable

import pytest

from bot.cli.chatting import Chat
from bot.demo import history
from bot.demo.clock import DemoClock
from bot.desk.ports import Known
from bot.domain.people import PersonId
from bot.search import Engine


class Standing:
    def __init__(self, known: Known) -> None:
        self._known = known

    def now(self) -> Known:
        return self._known


@pytest.fixture
def chats(known: Known, search: Engine) -> Callable[..., str]:
    """What was on the screen when these lines had been typed."""

    def chat(*typed: str) -> str:
        lines = iter(typed)
        screen: list[str] = []

        def ask(prompt: str) -> str:
            try:
                line = next(lines)
            except StopIteration:
                raise EOFError from None
            screen.append(f"{prompt}> {line}")
            return line

        clock = DemoClock(history.NOW, 0)
        Chat(Standing(known), search, clock, PersonId("mia"), ask, screen.append).run()
        return "\n".join(screen)

    return chat


def test_a_question_a_button_by_its_number_and_another_person(chats: Callable[..., str]) -> None:
    screen = chats("Etiketprinteren skriver blanke etiketter", "1", "/som sam", "1", "/slut", "aldrig læst")
    assert "1  [Spørg en superbruger]" in screen
    assert "Du er nu Sam (medarbejder, superbruger)." in screen
    assert "Sam har taget #1." in screen
    assert "aldrig læst" not in screen


def test_time_is_let_pass_and_what_it_does_is_told(chats: Callable[..., str]) -> None:
    screen = chats("Etiketprinteren skriver blanke etiketter", "1", "/frem 31", "/frem snart", "/frem 9999")
    assert "Ingen superbruger nåede #1" in screen
    assert "Klokken er nu 10.01." in screen
    assert screen.count("Skriv for eksempel /frem 30.") == 2


def test_a_form_is_asked_for_field_by_field_and_numbers_are_masked(chats: Callable[..., str]) -> None:
    screen = chats(
        "Etiketprinteren skriver blanke etiketter",
        "1",
        "/som sam",
        "1",
        "4",
        "Etiketten til 010165-1234 er vendt.",
    )
    assert "Hvordan blev den løst?" in screen
    assert "Sam skriver, at #1 er løst: Etiketten til [CPR] er vendt." in screen
    assert "Jeg fjernede et CPR-nummer" in screen


def test_nobody_is_an_unknown_person_and_an_empty_line_is_nothing(chats: Callable[..., str]) -> None:
    screen = chats("/som rasmus", "", "   ", "77")
    assert "Jeg kender ingen, der hedder rasmus." in screen
    assert "Der er ingen knap 77." in screen
