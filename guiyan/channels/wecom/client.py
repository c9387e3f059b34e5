"""The transport: one HTTP client, one token rule, one error rule. Network only; no database of its own."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

import httpx
from pydantic import ValidationError

from guiyan.channels.wecom.errors import Busy, NotReached, OutcomeUnknown, TokenRejected, error_for
from guiyan.channels.wecom.wire import Answer, Token

TIMEOUT = httpx.Timeout(10.0, connect=3.0)
BUSY_TRIES = 3
A = TypeVar("A", bound=Answer)


class TokenStore(Protocol):
    """Where a token lives between processes. `key` names the (company, secret) pair."""

    def get(self, key: str, fetch: Callable[[], Token]) -> str:
        """A token believed valid; calls `fetch` under a lock when there is none."""
        ...

    def drop(self, key: str, token: str) -> None:
        """Forget this very token; a newer one stays."""
        ...


def http_client() -> httpx.Client:
    """The only way out: no proxies or certificates from the environment, no redirects."""
    return httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False)


class Wire:
    """Calls of one (company, secret) pair against `base_url` (the real host, or the sandbox)."""

    def __init__(
        self,
        *,
        base_url: str,
        corpid: str,
        secret: str,
        name: str,
        tokens: TokenStore,
        http: httpx.Client | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base_url, self.corpid, self.name = base_url.rstrip("/"), corpid, name
        self._secret, self._tokens, self._sleep = secret, tokens, sleep
        self._http = http or http_client()
        self._key = f"{corpid}:{name}"

    def get(self, path: str, answer: type[A], **params: str | int) -> A:
        """A reading call."""
        return self._call("GET", path, answer, params=params)

    def post(self, path: str, answer: type[A], body: Mapping[str, Any]) -> A:
        """A writing call; also of reads that WeCom made POST."""
        return self._call("POST", path, answer, body=body)

    def _call(
        self,
        method: str,
        path: str,
        answer: type[A],
        *,
        params: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> A:
        """One call: a rejected token is renewed and the call repeated once, a busy WeCom asked up to 3 times."""
        renewed = False
        tries = 0
        while True:
            token = self._tokens.get(self._key, self._fetch_token)
            try:
                return self._once(method, path, answer, {"access_token": token, **(params or {})}, body)
            except TokenRejected:
                if renewed:
                    raise
                renewed = True
                self._tokens.drop(self._key, token)
            except Busy:
                tries += 1
                if tries >= BUSY_TRIES:
                    raise
                self._sleep(0.5 * 2**tries)

    def _fetch_token(self) -> Token:
        """gettoken; wrong credentials are never tried twice."""
        params = {"corpid": self.corpid, "corpsecret": self._secret}
        return self._once("GET", "gettoken", Token, params, None)

    def _once(
        self,
        method: str,
        path: str,
        answer: type[A],
        params: Mapping[str, str | int],
        body: Mapping[str, Any] | None,
    ) -> A:
        url = f"{self.base_url}/cgi-bin/{path}"
        try:
            response = self._http.request(method, url, params=dict(params), json=body)
            data = response.json()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise NotReached(f"{path}: WeCom cannot be reached ({type(error).__name__}).") from None
        except (httpx.HTTPError, ValueError) as error:
            raise OutcomeUnknown(f"{path}: no usable answer ({type(error).__name__}).") from None
        code = data.get("errcode", 0) if isinstance(data, dict) else None
        if not isinstance(code, int):
            raise OutcomeUnknown(f"{path}: an answer of an unknown form.")
        if code:
            raise error_for(code, str(data.get("errmsg", "")), path)
        try:
            return answer.model_validate(data)
        except ValidationError as error:
            raise OutcomeUnknown(
                f"{path}: {error.error_count()} fields of the answer are not understood."
            ) from None
