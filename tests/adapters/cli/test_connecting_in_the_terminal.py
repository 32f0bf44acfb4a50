"""Undoing a link between a person and an account: in Slack, or where they sign in."""

from contextlib import closing
from datetime import UTC, datetime

from bot.domain.people import Account, PersonId
from bot.storage.database import open_store
from bot.storage.doors import Accounts, Sessions


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


def test_a_sign_in_is_undone_by_itself_and_its_person_is_signed_out(types, house):
    with closing(open_store(f"sqlite:///{house / 'desk.sqlite'}")) as store:
        accounts, sessions = Accounts(store.database), Sessions(store.database)
        accounts.link(Account("oidc", "https://login.fjordby.example", "0b7e", PersonId("mia")))
        accounts.link(Account("slack", "T1", "U1", PersonId("mia")))
        sessions.begin("of mia", PersonId("mia"), datetime(2100, 1, 1, tzinfo=UTC))
        said = types("oidc", "unlink", "0b7e")
        assert (said.code, said.out) == (0, "https://login.fjordby.example 0b7e is no longer mia.\n")
        assert [each.account for each in accounts.all()] == ["U1"]
        assert sessions.person("of mia", datetime(2099, 1, 1, tzinfo=UTC)) is None
        accounts.unlink(Account("slack", "T1", "U1", PersonId("mia")))
    assert "no sign-in account" in types("oidc", "unlink", "mia").err


def test_the_doctor_asks_the_provider_only_when_there_is_one(types, house, tmp_path):
    assert "sign-in" not in types("doctor").out
    with closing(open_store(f"sqlite:///{house / 'desk.sqlite'}")) as store:
        accounts = Accounts(store.database)
        accounts.link(Account("oidc", "https://login.fjordby.example", "0b7e", PersonId("mia")))
        nobody = {"OIDC_ISSUER": "http://127.0.0.1:9", "OIDC_CLIENT_ID": "desk", "OIDC_CLIENT_SECRET": "hemmelig-nok"}
        said = types("doctor", TEST_MODE="true", BASE_URL="http://localhost:8000", **nobody).out
        accounts.unlink(Account("oidc", "https://login.fjordby.example", "0b7e", PersonId("mia")))
    assert "✗ sign-in: the provider does not answer at http://127.0.0.1:9/.well-known/openid-configuration" in said
    assert "✓ sign-in: 0b7e is mia" in said
    empty = tmp_path / "empty.sqlite"
    empty.touch()
    said = types(
        "doctor", TEST_MODE="true", BASE_URL="http://localhost:8000", DATABASE_URL=f"sqlite:///{empty}", **nobody
    ).out
    assert "linked to people" not in said
