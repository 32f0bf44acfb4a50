"""What an OpenID provider publishes: where its doors are, and the keys it signs with. Kept for an hour."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.desk.ports import Clock
from bot.web.ports import ProviderSilent

log = logging.getLogger("driftsvagt")

PATIENCE = 5.0  # seconds for each step of a request
KEPT = timedelta(hours=1)
ASKED_AGAIN = timedelta(minutes=1)  # for a key we do not know: anybody can name one
RESTS = timedelta(seconds=10)  # a provider that did not answer: who comes meanwhile need not wait to hear it
WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Metadata:
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    takes_secret_in_body: bool


def open_client(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Follows no redirects; and what the provider set down on one person's visit is not brought along on the next one's."""
    return httpx.Client(
        transport=transport, timeout=PATIENCE, cookies=CookieJar(DefaultCookiePolicy(allowed_domains=()))
    )


class Publications:
    def __init__(self, issuer: str, http: httpx.Client, clock: Clock) -> None:
        self._issuer, self._http, self._clock = issuer, http, clock
        self._lock = Lock()
        self._metadata: tuple[datetime, Metadata] | None = None
        self._keys: tuple[datetime, KeySet] | None = None
        self._silent_at: datetime | None = None

    def metadata(self) -> Metadata:
        """Raises ProviderSilent."""
        with self._lock:
            return self._known_metadata()

    def keys(self) -> KeySet:
        """Raises ProviderSilent."""
        with self._lock:
            return self._known_keys(KEPT)

    def newer_keys(self) -> KeySet:
        """Fetched anew, unless they just were. Raises ProviderSilent."""
        with self._lock:
            return self._known_keys(ASKED_AGAIN)

    def _known_metadata(self) -> Metadata:
        now = self._clock.now()
        if self._metadata is None or now - self._metadata[0] >= KEPT:
            self._metadata = now, self._read_metadata()
        return self._metadata[1]

    def _known_keys(self, kept: timedelta) -> KeySet:
        now = self._clock.now()
        if self._keys is None or now - self._keys[0] >= kept:
            self._keys = now, self._read_keys(self._known_metadata().jwks_uri)
        return self._keys[1]

    def _read_metadata(self) -> Metadata:
        said = self._fetch(self._issuer.rstrip("/") + WELL_KNOWN)
        if said.get("issuer") != self._issuer:
            raise silent("the provider calls itself something else than DRIFTSVAGT_OIDC_ISSUER")
        methods = said.get("token_endpoint_auth_methods_supported")
        return Metadata(
            self._safe(said.get("authorization_endpoint")),
            self._safe(said.get("token_endpoint")),
            self._safe(said.get("jwks_uri")),
            isinstance(methods, list) and "client_secret_post" in methods,
        )

    def _read_keys(self, address: str) -> KeySet:
        try:
            return KeySet.import_key_set(self._fetch(address))  # type: ignore[arg-type]  # what is not a set is refused there
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as fault:
            raise silent(f"the provider's keys cannot be read ({type(fault).__name__})") from fault

    def _fetch(self, address: str) -> dict[str, Any]:
        now = self._clock.now()
        if self._silent_at and now - self._silent_at < RESTS:
            raise ProviderSilent("the provider did not answer a moment ago")
        try:
            said = self._http.get(address, headers={"Accept": "application/json"}).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as fault:
            self._silent_at = now
            raise silent(f"the provider does not answer at {address} ({type(fault).__name__})") from fault
        if not isinstance(said, dict):
            raise silent(f"the provider answers something else than asked at {address}")
        return said

    def _safe(self, address: object) -> str:
        """No door of a provider is less private than its issuer."""
        if not isinstance(address, str) or urlsplit(address).scheme not in {"https", urlsplit(self._issuer).scheme}:
            raise silent("the provider names an address that anybody on the way can read")
        return address


def silent(why: str) -> ProviderSilent:
    """Logged: people are only told to try again."""
    log.warning("oidc: %s", why)
    return ProviderSilent(why)
