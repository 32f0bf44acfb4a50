"""What only IT can mend in Slack, told once a day for each thing, where IT can still read it."""

import logging

from bot.desk.ports import Desk
from bot.domain.commands import Kind, Place
from bot.domain.notices import Alarmed, Tell
from bot.messengers.slack.ports import MESSENGER

log = logging.getLogger("driftsvagt")

# What Slack says when it does not let the app in at all, or not far enough.
REFUSED = frozenset(
    {
        "account_inactive", "app_uninstalled", "invalid_auth", "missing_scope", "no_permission", "not_allowed_token_type",
        "not_authed", "org_login_required", "team_access_not_granted", "token_expired", "token_revoked", "tokens_revoked",
    }
)  # fmt: skip
# … of a channel in which it cannot write.
CHANNEL = frozenset({"channel_not_found", "is_archived", "not_in_channel", "restricted_action", "user_not_in_channel"})
# … of somebody who cannot be written to.
PERSON = frozenset(
    {"user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot", "user_not_visible", "invalid_users"}
)


class Trouble:
    """`desk` is set once there is one."""

    def __init__(self) -> None:
        self.desk: Desk | None = None

    def tell(self, what: str, about: str) -> None:
        """`what` is slack_channel, slack_person or slack_refused."""
        log.warning("%s: %s", what, about)
        if self.desk is None:
            return
        now = self.desk.clock.now()
        with self.desk.store.transaction() as ledger:
            if ledger.first_told(f"{what}/{about}/{now.date()}", now):
                ledger.queue([Tell(place, Alarmed(what, about)) for place in self._where(self.desk, what, about)], now)

    def _where(self, desk: Desk, what: str, about: str) -> list[Place]:
        """Not in Slack if Slack is the trouble, nor in the very channel that cannot be written in."""
        it = desk.directory().it()
        if it.messenger != MESSENGER:
            return [it]
        if what == "slack_refused":
            group = next(
                (each for each in desk.knowledge.now().organisation.groups.values() if each.tier.value == "it"), None
            )
            return [Place("web", Kind.CHANNEL, dict(group.channels).get("web", str(group.id)))] if group else []
        if what == "slack_channel" and about.startswith(it.who):
            groups = desk.knowledge.now().organisation.groups.values()
            return [
                desk.directory().person(member)
                for group in groups
                if group.tier.value == "it" and (MESSENGER, it.who) in group.channels
                for member in group.members
            ]
        return [it]
