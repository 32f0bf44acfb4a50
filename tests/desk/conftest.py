"""A fresh room for each test; and one in which a ticket has come as far as a test needs."""

import pytest
from room import REPORT, WORDS, Room

from bot.domain.commands import AskPerson, Claim, Escalate, HandOver


@pytest.fixture
def room(known):
    return Room(known)


@pytest.fixture
def offered(room):
    """Mia's ticket #1 about Omsorgsjournalen, offered to Sam and Sue."""
    room.must("mia", AskPerson(WORDS))
    room.heard()
    return room


@pytest.fixture
def claimed(offered):
    """… and Sam has it."""
    offered.must("sam", Claim(1))
    offered.heard()
    return offered


@pytest.fixture
def at_it(claimed):
    """… which he sent on, and Ivo has it."""
    claimed.must("sam", Escalate(1))
    claimed.must("ivo", Claim(1))
    claimed.heard()
    return claimed


@pytest.fixture
def handed_over(at_it):
    """… and the supplier, as S-1."""
    at_it.must("ivo", HandOver(1, REPORT))
    at_it.heard()
    return at_it
