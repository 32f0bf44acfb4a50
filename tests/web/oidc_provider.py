"""A little OpenID provider: discovery, keys, a door where people prove who they are, and codes that are good once.

Strict where a real one is; `forges` lets a test write what no honest provider would.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from urllib.parse import unquote, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.registry import HeaderParameter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

CLIENT, SECRET = "driftsvagt at fjordby", "hemmelig~%+/nok"  # of nobody
LASTS = timedelta(minutes=10)


@cache
def rsa_key(kid):
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@cache
def ec_key(kid):
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})


@dataclass
class Provider:
    """`visitor` is who sits in front of the browser, as claims; None presses Cancel."""

    issuer: str
    clock: object
    redirect_uri: str
    visitor: dict | None = None
    keys: list = field(default_factory=lambda: [rsa_key("first")])
    algorithm: str = "RS256"
    methods: tuple = ("client_secret_basic",)
    secret: str = SECRET
    claims: dict = field(default_factory=dict)  # what is said instead; None leaves it out
    header: dict = field(default_factory=dict)
    published: dict = field(default_factory=dict)
    forges: object = None
    is_down: bool = False
    asked: Counter = field(default_factory=Counter)
    codes: dict = field(default_factory=dict)

    @property
    def app(self):
        root = urlsplit(self.issuer).path.rstrip("/")
        return Starlette(
            routes=[
                Route(f"{root}/.well-known/openid-configuration", self._configuration),
                Route(f"{root}/keys", self._keys),
                Route(f"{root}/authorize", self._authorize),
                Route(f"{root}/token", self._token, methods=["POST"]),
            ]
        )

    async def _configuration(self, _: Request):
        self.asked["configuration"] += 1
        here = self.issuer.rstrip("/")
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "jwks_uri": f"{here}/keys",
                "token_endpoint_auth_methods_supported": list(self.methods),
            }
            | self.published
        )

    async def _keys(self, _: Request):
        self.asked["keys"] += 1
        strange = {"kty": "AKP", "alg": "ML-DSA-44", "kid": "of tomorrow", "pub": "AA"}
        return JSONResponse({"keys": [strange, *(each.as_dict(private=False) for each in self.keys)]})

    async def _authorize(self, request: Request):
        asked = request.query_params
        assert asked["client_id"] == CLIENT
        assert asked["redirect_uri"] == self.redirect_uri
        assert asked["response_type"] == "code"
        assert asked["scope"].split() == ["openid", "profile", "email"]
        assert asked["code_challenge_method"] == "S256"
        assert min(len(asked[each]) for each in ("state", "nonce", "code_challenge")) >= 43
        if self.visitor is None:
            return self._back(error="access_denied", state=asked["state"])
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked["nonce"], asked["code_challenge"], self.visitor
        return self._back(code=code, state=asked["state"])

    def _back(self, **said):
        return RedirectResponse(f"{self.redirect_uri}?{urlencode(said)}", 302)

    async def _token(self, request: Request):
        self.asked["token"] += 1
        form = await request.form()
        if not self._is_the_desk(request, form):
            return JSONResponse({"error": "invalid_client"}, 401)
        nonce, challenge, visitor = self.codes.pop(form["code"], ("", "", None))
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        asked_here = form["grant_type"] == "authorization_code" and form["redirect_uri"] == self.redirect_uri
        if visitor is None or proof != challenge or not asked_here:
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = "of no use to the desk"
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": 3600}
        answer["id_token"] = self._id_token(nonce, visitor, access)
        return JSONResponse(answer, headers={"set-cookie": "remembered=yes; Path=/"})

    def _is_the_desk(self, request, form):
        assert "cookie" not in request.headers, "one person's visit is remembered in another's"
        if "client_secret_post" in self.methods:
            return (form.get("client_id"), form.get("client_secret")) == (CLIENT, self.secret)
        scheme, _, told = request.headers.get("authorization", "").partition(" ")
        client, _, secret = base64.b64decode(told).decode().partition(":")
        return (scheme, unquote(client), unquote(secret)) == ("Basic", CLIENT, self.secret)

    def _id_token(self, nonce, visitor, access):
        now = self.clock.now()
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "exp": int((now + LASTS).timestamp()),
            "iat": int(now.timestamp()),
            "nonce": nonce,
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
            **visitor,
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        key = self.keys[-1]
        header = {"alg": self.algorithm, "kid": key.kid, **self.header}
        if self.forges:
            return self.forges(header, claims, key)
        of_theirs = {"vendor": HeaderParameter("What only they understand", "str")}
        rules = JWSRegistry(of_theirs, [self.algorithm])
        return jwt.encode(header, claims, key, registry=rules)


class Wire(httpx.BaseTransport):
    """From a thread without a loop to the provider, without a network."""

    def __init__(self, provider):
        self._provider = provider

    def handle_request(self, request):
        if self._provider.is_down:
            raise httpx.ConnectTimeout("nobody answers", request=request)
        return asyncio.run(self._ask(request))

    async def _ask(self, request):
        answer = await httpx.ASGITransport(self._provider.app).handle_async_request(request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())


def unsigned(header, claims, _):
    return f"{_part(header | {'alg': 'none'})}.{_part(claims)}."


def signed_with(secret):
    """HMAC with something that both sides know, or that everybody knows."""

    def forge(header, claims, key):
        known = key.as_pem(private=False) if secret is None else secret.encode()
        text = f"{_part(header | {'alg': 'HS256'})}.{_part(claims)}"
        mark = hmac.new(known, text.encode(), hashlib.sha256).digest()
        return f"{text}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"

    return forge


def signed_by_somebody_else(header, claims, key):
    stranger = rsa_key("somebody else's")
    return jwt.encode(header | {"kid": key.kid}, claims, stranger, algorithms=["RS256"])


def _part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
