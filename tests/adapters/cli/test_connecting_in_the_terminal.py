"""Undoing a link between a person and a Slack account."""

from contextlib import closing

from bot.domain.people import Account, PersonId
from bot.storage.database import open_store
from bot.storage.doors import Accounts


def test_a_link_is_undone_by_person_by_address_or_by_account(types, house):
    with closing(open_store(f"sqlite:///{house / 'desk.sqlite'}")) as store:
        accounts = Accounts(store.database)
        for named in ("mia", "mia@fjordby.example", "U1"):
            accounts.link(Account("slack", "T1", "U1", PersonId("mia")))
            accounts.link(Account("slack", "T1", "U2", PersonId("sam")))
            said = types("slack", "unlink", named)
            assert (said.code, said.out) == (0, "T1 U1 is no longer mia.\n")
            assert [each.account for each in accounts.all()] == ["U2"]
        accounts.unlink(Account("slack", "T1", "U2", PersonId("sam")))


def test_where_there_is_no_link_it_says_where_they_are_listed(types):
    said = types("slack", "unlink", "mia")
    assert said.code == 1
    assert "doctor" in said.err
    assert types("slack", "unlink", "nobody").code != 0
