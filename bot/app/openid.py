"""OpenID Connect: the code flow with PKCE, and an ID token that is believed only when everything in it is as it must be."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from authlib.oauth2 import OAuth2Client, OAuth2Error
from authlib.oidc.core import CodeIDToken
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry
from joserfc.jwt import Token, decode

from bot.app.openid_keys import Publications, open_client, silent
from bot.app.whose import Accounts, Proven, Whose
from bot.desk.ports import Clock, Knowledge
from bot.domain.people import PersonId
from bot.settings import Settings
from bot.web.arriving import BACK
from bot.web.ports import Journey, NotProven, Stranger

log = logging.getLogger("driftsvagt")

ALGORITHMS = ("RS256", "PS256", "ES256")  # never one whose key both sides know, and never none
LEEWAY = 60  # seconds that its clock and ours may differ
SCOPE = "openid profile email"
_OUR_FAULT = frozenset({"invalid_client", "unauthorized_client"})
_YES = (True, 1, "1", "true", "True")


@dataclass(frozen=True, slots=True)
class Registration:
    """What the provider knows the desk as. `tenant` is set for Entra ID."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    name: str
    tenant: str = ""


def open_provider(settings: Settings, accounts: Accounts, knowledge: Knowledge, clock: Clock) -> "OpenId":
    """As the settings say; they were checked when they were read."""
    secret = settings.oidc_client_secret
    registration = Registration(
        settings.oidc_issuer,
        settings.oidc_client_id,
        secret.get_secret_value() if secret else "",
        f"{settings.base_url}{BACK}",
        settings.oidc_name or ("Microsoft" if settings.oidc_tenant else urlsplit(settings.oidc_issuer).hostname or ""),
        settings.oidc_tenant,
    )
    return OpenId(registration, Whose(accounts, knowledge), clock, open_client())


class OpenId:
    """Called in worker threads."""

    def __init__(self, registration: Registration, whose: Whose, clock: Clock, http: httpx.Client) -> None:
        self._us, self._whose, self._clock, self._http = registration, whose, clock, http
        self._publications = Publications(registration.issuer, http, clock)

    @property
    def name(self) -> str:
        return self._us.name

    def start(self, journey: Journey) -> str:
        url, _ = self._client().create_authorization_url(
            self._publications.metadata().authorization_endpoint,
            state=journey.state,
            nonce=journey.nonce,
            code_verifier=journey.verifier,
        )
        return str(url)

    def finish(self, journey: Journey, code: str) -> PersonId | Stranger:
        answer = self._exchange(journey, code)
        try:
            token = self._signed(str(answer.get("id_token", "")))
            self._must_hold(token, journey, str(answer.get("access_token", "")))
        except (JoseError, ValueError) as wrong:
            log.warning("oidc: an ID token was refused: %s", wrong)
            raise NotProven from wrong
        return self._whose.person(self._proven(token.claims))

    def close(self) -> None:
        self._http.close()

    def _client(self) -> OAuth2Client:
        us = self._us
        return OAuth2Client(
            self._http,
            us.client_id,
            us.client_secret,
            scope=SCOPE,
            redirect_uri=us.redirect_uri,
            code_challenge_method="S256",
        )

    def _exchange(self, journey: Journey, code: str) -> Mapping[str, Any]:
        """A code is good once. Raises ProviderSilent, NotProven."""
        metadata, us = self._publications.metadata(), self._us
        # The secret in the body needs no agreement on how Basic escapes it; the header is what every provider must know.
        secret = {"client_id": us.client_id, "client_secret": us.client_secret} if metadata.takes_secret_in_body else {}
        header = httpx.Auth() if secret else httpx.BasicAuth(quote(us.client_id, ""), quote(us.client_secret, ""))
        try:
            answer: Mapping[str, Any] = self._client().fetch_token(
                metadata.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=journey.verifier,
                auth=header,
                **secret,
            )
        except OAuth2Error as refused:
            if str(refused.error) in _OUR_FAULT:
                raise silent("DRIFTSVAGT_OIDC_CLIENT_SECRET is not accepted; it may have expired") from refused
            log.warning("oidc: a code was refused: %.40s", refused.error)
            raise NotProven from refused
        except (httpx.HTTPError, ValueError) as fault:
            raise silent(f"the provider gives no token ({type(fault).__name__})") from fault
        return answer

    def _signed(self, text: str) -> Token:
        """By one of the provider's keys; its keys are fetched anew when it has taken a new one. Raises JoseError."""
        # What else a header says is to be passed over (RFC 7515 4.1), except what it calls critical.
        rules = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        keys = self._publications.keys()
        try:
            return decode(text, keys, registry=rules)
        except InvalidKeyIdError:
            return decode(text, self._publications.newer_keys(), registry=rules)

    def _must_hold(self, token: Token, journey: Journey, access_token: str) -> None:
        """Raises JoseError."""
        us = self._us
        wanted: dict[str, Any] = {
            "iss": {"essential": True, "value": us.issuer},
            "aud": {"essential": True, "value": us.client_id},
            "sub": {"essential": True},
        }
        if us.tenant:
            wanted |= {"tid": {"essential": True, "value": us.tenant}, "oid": {"essential": True}}
        given = {"client_id": us.client_id, "nonce": journey.nonce, "access_token": access_token}
        now = int(self._clock.now().timestamp())
        CodeIDToken(token.claims, token.header, wanted, given).validate(now, LEEWAY)

    def _proven(self, claims: Mapping[str, Any]) -> Proven:
        """Entra ID vouches for an address only with `xms_edov`; what people are called there (UPN) is no address."""
        us, email = self._us, claims.get("email")
        is_verified = claims.get("xms_edov" if us.tenant else "email_verified") in _YES
        address = email if is_verified and isinstance(email, str) else ""
        return Proven(us.tenant or us.issuer, str(claims["oid" if us.tenant else "sub"]), address)
