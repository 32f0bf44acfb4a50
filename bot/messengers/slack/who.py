"""Who is who: an account of one of our own workspaces is linked once to a person of the organisation file, by address."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk.ports import Clock, Knowledge
from bot.domain.people import Account, Language, Person, PersonId
from bot.messengers.slack.manifest import missing_scopes
from bot.messengers.slack.ports import MESSENGER, Accounts

log = logging.getLogger("driftsvagt")

KEPT = timedelta(hours=24)  # what is known of an account
LINKED = timedelta(minutes=1)  # whose it is: a link that was undone elsewhere is seen within this
ASKED_AGAIN = timedelta(minutes=10)  # about an address that nobody has, or when Slack did not answer
_STRANGE = (
    "deleted",
    "is_bot",
    "is_restricted",
    "is_ultra_restricted",
    "is_stranger",
    "is_app_user",
    "is_workflow_bot",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, as `auth.test` says."""

    team: str
    user: str
    bot: str
    name: str = ""
    missing: tuple[str, ...] = ()  # scopes that were not granted


@dataclass(frozen=True, slots=True)
class Profile:
    user: str
    team: str
    name: str = ""
    email: str = ""
    language: Language | None = None  # None: theirs in the organisation file
    is_ours: bool = False


class People:
    """Looks people up in Slack, as seldom as may be. Called in worker threads."""

    def __init__(
        self, client: WebClient, accounts: Accounts, knowledge: Knowledge, clock: Clock, teams: tuple[str, ...] = ()
    ) -> None:
        self._client, self._accounts, self._knowledge, self._clock = client, accounts, knowledge, clock
        self._teams = frozenset(teams)
        self._identity: Identity | None = None
        self._profiles: dict[str, tuple[datetime, Profile]] = {}
        self._persons: dict[tuple[str, str], tuple[datetime, PersonId]] = {}
        self._nobody: dict[PersonId, datetime] = {}

    @property
    def known_identity(self) -> Identity | None:
        return self._identity

    def identity(self) -> Identity:
        """Asked once. Raises what the client raises."""
        if self._identity is None:
            answer = self._client.auth_test()
            granted = next((value for name, value in answer.headers.items() if name.lower() == "x-oauth-scopes"), "")
            scopes = granted if isinstance(granted, str) else ",".join(granted)
            team, user, bot, name = (str(answer.get(each) or "") for each in ("team_id", "user_id", "bot_id", "user"))
            self._identity = Identity(team, user, bot, name, missing_scopes(scopes) if scopes else ())
        return self._identity

    def teams(self) -> frozenset[str]:
        return self._teams or frozenset({self.identity().team})

    def person(self, team: str, user: str) -> PersonId:
        """Somebody of the organisation, or a name that nobody has: the desk then says that it does not know them.

        What names no workspace comes from the one whose token we have.
        """
        team = team or self.identity().team
        now = self._clock.now()
        at, person = self._persons.get((team, user), (now - KEPT, PersonId("")))
        if person and now - at < LINKED and person in self._knowledge.now().organisation.people:
            return person
        found = self._look_up(team, user)
        if "@" not in found:
            self._persons[team, user] = now, found
        return found

    def account(self, person: PersonId) -> str | None:
        """Their account in one of our workspaces; None if they have none there. Raises what the client raises."""
        teams = self.teams()
        linked = next(
            (
                each.account
                for each in self._accounts.of(person)
                if each.messenger == MESSENGER and each.workspace in teams
            ),
            None,
        )
        if linked:
            return linked
        now = self._clock.now()
        somebody = self._knowledge.now().organisation.people.get(person)
        if somebody is None or now - self._nobody.get(person, now - ASKED_AGAIN) < ASKED_AGAIN:
            return None
        profile = self._by_email(somebody.email)
        if profile is None or not self._is_welcome(profile) or self._link(profile, person) != person:
            self._nobody[person] = now
            log.warning("slack: %s has no account of ours with the address in the organisation file", person)
            return None
        return profile.user

    def reader(self, person: PersonId, user: str = "") -> Person | None:
        """The person, in the language of their Slack profile."""
        known = self._knowledge.now().organisation.people.get(person)
        profile = self.profile(user or self.account(person) or "") if known else None
        return replace(known, language=profile.language) if known and profile and profile.language else known

    def name(self, user: str) -> str:
        profile = self.profile(user)
        return profile.name if profile else ""

    def profile(self, user: str) -> Profile | None:
        """None when Slack does not say."""
        now = self._clock.now()
        at, profile = self._profiles.get(user, (now, None))
        if profile and now - at < (KEPT if profile.name else ASKED_AGAIN):
            return profile if profile.name else None
        if not user:
            return None
        found = _quietly(lambda: self._client.users_info(user=user, include_locale=True)["user"])
        profile = _profile(found) if isinstance(found, dict) else Profile(user, "")
        self._profiles[user] = now, profile
        return profile if profile.name else None

    def forget(self, user: str) -> None:
        """Something about the account was refused: look again."""
        self._profiles.pop(user, None)

    def _look_up(self, team: str, user: str) -> PersonId:
        stranger = PersonId(f"{user}@{team}")
        if team not in self.teams():
            return stranger
        linked = self._accounts.person(MESSENGER, team, user)
        profile = self.profile(user)
        if profile is None:
            if linked is None:
                self.forget(user)
                raise UnansweredError(user)
            return linked
        if not self._is_welcome(profile):
            return stranger
        if linked:
            return linked
        somebody = self._knowledge.now().organisation.by_email(profile.email) if profile.email else None
        return self._link(profile, somebody.id) or stranger if somebody else stranger

    def _is_welcome(self, profile: Profile) -> bool:
        return profile.is_ours and (profile.team or self.identity().team) in self.teams()

    def _link(self, profile: Profile, person: PersonId) -> PersonId | None:
        """Once: an address that has moved to another account moves no rights."""
        team = profile.team or self.identity().team
        others = [each for each in self._accounts.of(person) if (each.messenger, each.workspace) == (MESSENGER, team)]
        if any(each.account != profile.user for each in others):
            log.warning(
                "slack: %s is linked to another account of %s already; see driftsvagt doctor", person, profile.team
            )
            return None
        return self._accounts.link(Account(MESSENGER, team, profile.user, person)).person

    def _by_email(self, email: str) -> Profile | None:
        try:
            found = self._client.users_lookupByEmail(email=email)["user"]
        except SlackApiError as refused:
            if refused.response.get("error") == "users_not_found":
                return None
            raise
        return _profile(found) if isinstance(found, dict) else None


class UnansweredError(Exception):
    """Slack does not say who an account is, and we have not met them: asked again at the repeat."""


def _profile(user: dict[str, Any]) -> Profile:
    told = user.get("profile")
    details: dict[str, Any] = told if isinstance(told, dict) else {}
    names = (
        details.get("display_name"),
        user.get("real_name"),
        details.get("real_name"),
        user.get("name"),
        user.get("id"),
    )
    locale = str(user.get("locale") or "")
    return Profile(
        str(user.get("id") or ""),
        str(user.get("team_id") or ""),
        next((str(name) for name in names if name), "?"),
        str(details.get("email") or ""),
        "en" if locale.startswith("en") else "da" if locale.startswith("da") else None,
        not any(user.get(each) for each in _STRANGE),
    )


def _quietly(ask: Callable[[], object]) -> object:
    """A look-up that may fail: without it there is a little less to go by."""
    try:
        return ask()
    except (SlackApiError, OSError, HTTPException) as fault:
        log.info("slack: a look-up failed: %s", type(fault).__name__)
        return None
