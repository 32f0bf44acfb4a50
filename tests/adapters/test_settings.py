"""Settings come from the environment and a file beside; wrong ones refuse to start, by name, and tell no secrets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsRefused, settings_table

KEY = "kCqk8Zr1Zt3P0v7yQb5nM2xW9sL4dF6g"
PASSWORDS = ("hemmelig", "kodeord")


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **given)


def refusal(**given: object) -> str:
    with pytest.raises(SettingsRefused) as refused:
        settings(**given)
    return str(refused.value)


def test_without_any_setting_the_desk_starts_on_a_file_of_its_own():
    plain = settings()
    assert plain.database_url == "sqlite:///.driftsvagt/driftsvagt.sqlite"
    assert (plain.knowledge, plain.language, plain.smtp_url) == (Path("knowledge"), "da", None)
    assert plain.data_dir == Path(".driftsvagt")


def test_what_can_be_made_again_is_kept_beside_the_database():
    assert settings(database_url="sqlite:////var/lib/desk/desk.sqlite").data_dir == Path("/var/lib/desk")
    assert settings(database_url="postgresql://it:hemmelig@db/desk").data_dir == Path(".driftsvagt")


def test_a_file_beside_is_read_and_nothing_in_it_is_guessed(tmp_path):
    file = tmp_path / ".env"
    file.write_text("DRIFTSVAGT_LANGUAGE=en\nDRIFTSVAGT_BASE_URL=https://desk.fjordby.example/\nOTHER=1\n")
    read = Settings(_env_file=file)
    assert (read.language, read.base_url) == ("en", "https://desk.fjordby.example")


def test_the_environment_wins_over_the_file_and_an_empty_one_is_not_set(tmp_path):
    (tmp_path / ".env").write_text("DRIFTSVAGT_LANGUAGE=en\n")
    program = "from bot.settings import Settings; s = Settings(); print(s.language, s.smtp_url)"
    own = {name: value for name, value in os.environ.items() if not name.startswith("DRIFTSVAGT_")}
    given = own | {"DRIFTSVAGT_LANGUAGE": "da", "DRIFTSVAGT_SMTP_URL": ""}
    said = subprocess.check_output([sys.executable, "-c", program], cwd=tmp_path, env=given, text=True)
    assert said == "da None\n"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_may_be_written_as_its_own_tools_write_it(scheme):
    url = settings(database_url=f"{scheme}://it:hemmelig@db:5433/desk").database_url
    assert url == "postgresql+psycopg://it:hemmelig@db:5433/desk"


@pytest.mark.parametrize(
    ("name", "value", "wants"),
    [
        ("database_url", "mysql://it:hemmelig@db/desk", "sqlite:///path/to/file"),
        ("database_url", "sqlite://", "sqlite:///path/to/file"),
        ("database_url", "sqlite:///:memory:", "sqlite:///path/to/file"),
        ("database_url", "postgresql:///desk", "postgresql://user:password@host/name"),
        ("knowledge", "no-such-directory", "a directory that exists, not 'no-such-directory'"),
        ("language", "dansk", "da or en, not 'dansk'"),
        ("base_url", "desk.fjordby.example", "https://"),
        ("base_url", "https://desk.fjordby.example/desk", "without a path"),
        ("keep_words_months", "0", "a whole number of months from 1 to 120"),
        ("keep_words_months", "altid", "a whole number of months from 1 to 120"),
        ("keep_audit_months", "0", "a whole number of months from 1 to 120"),
        ("log", "xml", "text or json"),
        ("proxies", "proxy.fjordby.example", "such as 10.0.0.7,10.1.0.0/16"),
        ("proxies", "0.0.0.0/0", "such as 10.0.0.7,10.1.0.0/16"),
        ("metrics_token", "kort", "16 or more characters"),
        ("secret_key", "hemmelig", "at least 32 characters"),
        ("secret_key", "kodeordkodeordkodeordkodeordkodeord", "nobody can guess"),
        ("smtp_url", "imap://it:hemmelig@mail", "smtps://"),
        ("smtp_url", "smtp://it:hemmelig@mail:kodeord", "smtps://"),
        ("mail_from", "it at fjordby", "a mail address such as"),
        ("mail_from", "it@", "a mail address such as"),
        ("slack_bot_token", "xoxp-hemmelig", "xoxb-"),
        ("slack_app_token", "xoxb-hemmelig", "xapp-"),
        ("slack_signing_secret", "kodeord", "signing secret"),
        ("slack_api_url", "https://evil.example/api/", "https://slack.com/api/"),
        ("slack_teams", "T0123, fjordby", "such as T0123,T0456"),
        ("test_mode", "måske", "true or false"),
        ("oidc_client_secret", "kodeord", "DRIFTSVAGT_OIDC_ISSUER needs it"),
        ("oidc_client_id", "0b7e", "need one another"),
        ("oidc_name", "Fjordby " * 6, "at most 40 characters"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_wants_and_no_password_is_repeated(name, value, wants):
    said = refusal(**{name: value})
    assert said.startswith(f"DRIFTSVAGT_{name.upper()} wants ")
    assert wants in said
    assert not [word for word in PASSWORDS if word in said]


def test_slack_is_connected_by_a_socket_or_by_a_secret_and_by_neither_not_at_all():
    bot, app, secret = {"slack_bot_token": "xoxb-hemmelig"}, {"slack_app_token": "xapp-kodeord"}, "kodeord-nok"
    assert settings(**bot, **app).slack_signing_secret is None
    assert settings(**bot, slack_signing_secret=secret).slack_app_token is None
    assert "DRIFTSVAGT_SLACK_SIGNING_SECRET wants" in refusal(**bot)
    assert settings().slack_bot_token is None


def test_slack_is_slack_unless_it_is_a_test():
    assert settings().slack_api_url == "https://slack.com/api/"
    assert settings(slack_api_url="https://slack.com/api").slack_api_url == "https://slack.com/api/"
    here = "http://127.0.0.1:4003/api"
    assert settings(test_mode=True, slack_api_url=here).slack_api_url == f"{here}/"
    assert "DRIFTSVAGT_TEST_MODE=true" in refusal(slack_api_url=here)


TENANT = "6f1d1c8a-3a52-4b0e-9d7e-0a4f5d2c7b11"
ENTRA = f"https://login.microsoftonline.com/{TENANT}/v2.0"
DESK = {"base_url": "https://desk.fjordby.example", "oidc_client_id": "desk", "oidc_client_secret": "hemmelig-nok"}


def test_people_sign_in_at_one_provider_and_with_entra_in_one_tenant():
    assert settings(**DESK, oidc_issuer=ENTRA).oidc_tenant == TENANT
    elsewhere = settings(**DESK, oidc_issuer="https://login.fjordby.example/realms/fjordby")
    assert elsewhere.oidc_tenant == ""
    assert settings().oidc_issuer == ""


@pytest.mark.parametrize(
    "issuer",
    [
        *(f"https://login.microsoftonline.com/{each}/v2.0" for each in ("common", "organizations", "consumers", "{tenantid}")),
        "https://login.microsoftonline.com/fjordby.example/v2.0",  # tokens name the tenant by its id
        "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",  # everybody's own Microsoft account
        f"https://sts.windows.net/{TENANT}/",
        "http://login.fjordby.example",
        "http://127.0.0.1:4003",
        "https://login.fjordby.example/?tenant=1",
        "https://it:hemmelig@login.fjordby.example",
        "https://login.fjordby.example:99999",
        "login.fjordby.example",
    ],
)  # fmt: skip
def test_an_issuer_that_lets_others_in_or_can_be_overheard_is_refused(issuer):
    said = refusal(**DESK, oidc_issuer=issuer)
    assert said.startswith("DRIFTSVAGT_OIDC_ISSUER wants the issuer over https")
    assert "they let the people of every tenant in" in said


def test_signing_in_needs_all_its_settings_and_each_that_is_missing_is_named():
    assert "DRIFTSVAGT_OIDC_CLIENT_ID wants" in refusal(**DESK | {"oidc_client_id": ""}, oidc_issuer=ENTRA)
    assert "DRIFTSVAGT_OIDC_CLIENT_SECRET wants" in refusal(**DESK | {"oidc_client_secret": None}, oidc_issuer=ENTRA)
    for address in ("", "http://desk.fjordby.example"):
        assert "DRIFTSVAGT_BASE_URL with https beside it" in refusal(**DESK | {"base_url": address}, oidc_issuer=ENTRA)
    assert settings(**DESK | {"base_url": "http://localhost:8000"}, oidc_issuer=ENTRA)


def test_a_provider_on_this_machine_is_for_tests():
    here = "http://127.0.0.1:4003"
    assert settings(**DESK, oidc_issuer=here, test_mode=True).oidc_issuer == here
    assert "DRIFTSVAGT_OIDC_ISSUER" in refusal(**DESK, oidc_issuer="http://provider.fjordby.example", test_mode=True)


def test_workspaces_are_named_with_commas_between():
    assert settings(slack_teams="T0123, E0456,").slack_workspaces == ("T0123", "E0456")
    assert settings().slack_workspaces == ()


def test_a_day_has_room_for_what_may_come_in_one_go():
    assert settings(attachment_megabytes=20, attachment_megabytes_a_day=20).attachment_megabytes_a_day == 20
    said = refusal(attachment_megabytes=20, attachment_megabytes_a_day=19)
    assert "no less than DRIFTSVAGT_ATTACHMENT_MEGABYTES" in said


def test_every_wrong_setting_is_told_at_once():
    assert len(refusal(language="x", base_url="y").splitlines()) == 2


def test_a_mail_server_needs_somebody_to_be_the_sender():
    assert "DRIFTSVAGT_MAIL_FROM" in refusal(smtp_url="smtp://mail.fjordby.example")
    given = settings(smtp_url="smtp://mail.fjordby.example", mail_from="Fjordby It <it@fjordby.example>")
    assert given.mail_from == "Fjordby It <it@fjordby.example>"


def test_a_misspelled_setting_is_not_passed_over_in_silence(tmp_path):
    file = tmp_path / ".env"
    file.write_text("DRIFTSVAGT_DATABSE_URL=postgresql://it:hemmelig@db/desk\n")
    with pytest.raises(SettingsRefused) as refused:
        Settings(_env_file=file)
    assert str(refused.value) == "DRIFTSVAGT_DATABSE_URL is not a setting. DRIFTSVAGT_DATABASE_URL is."


def test_serving_needs_a_key_and_says_how_to_make_one():
    with pytest.raises(SettingsRefused, match=r"DRIFTSVAGT_SECRET_KEY is not set.*token_urlsafe"):
        settings().must_have_secret_key()
    assert settings(secret_key=KEY).must_have_secret_key() == KEY


def test_passwords_do_not_show_when_settings_are_printed():
    shown = repr(
        settings(
            database_url="postgresql://it:hemmelig@db/desk",
            secret_key=KEY,
            smtp_url="smtp://it:kodeord@mail",
            mail_from="it@fjordby.example",
        )
    )
    assert "it@fjordby.example" in shown
    assert not [secret for secret in (KEY, *PASSWORDS) if secret in shown]


def test_every_setting_stands_in_the_table_of_the_readme():
    table = settings_table()
    assert [line.split("`")[1] for line in table.splitlines()[2:]] == [
        f"DRIFTSVAGT_{name.upper()}" for name in Settings.model_fields
    ]
    assert "| `DRIFTSVAGT_LANGUAGE` | `da` |" in table
