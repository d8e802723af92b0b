"""Speaks to an OpenAI-compatible server: one connection pool, timeouts, retries with growing waits, clear errors.

Uses httpx, which comes with the ``openai`` extra. Knows nothing of embeddings or chats. Never logs or shows the key.
"""

import json
import os
import random
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from retail_ai.backends.packages import require
from retail_ai.exceptions import BackendUnavailable

OPENAI = "https://api.openai.com/v1"
RETRIED = {408, 409, 429, 500, 502, 503, 504}
LONGEST_WAIT = 30.0


class Server:
    """``base_url`` up to and with ``/v1``. The key: given, or the variable ``api_key_env``.

    $OPENAI_API_KEY is sent to OpenAI alone; for any other server the key must be named on purpose.
    """

    def __init__(
        self,
        *,
        base_url: str = OPENAI,
        api_key: str = "",
        api_key_env: str = "",
        timeout: float = 60.0,
        retries: int = 4,
        first_wait: float = 0.5,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.host = urlsplit(base_url).netloc.rpartition("@")[2]
        self.timeout, self.retries, self.first_wait = timeout, retries, first_wait
        variable = api_key_env or ("OPENAI_API_KEY" if self.base_url == OPENAI else "")
        self._key = api_key or os.environ.get(variable, "")
        self._lock = threading.Lock()
        self._client: Any = None

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer's JSON. Raises BackendUnavailable when it fails for good."""
        answer = self._send(path, body)
        return self._read_json(answer.text)

    def check(self) -> list[str]:
        """What is wrong with the settings, without asking the server."""
        if not self.host:
            return [f"OPTIONS['base_url'] = '{self.base_url}' is no URL; e.g. http://localhost:11434/v1."]
        if self.base_url == OPENAI and not self._key:
            return ["OpenAI needs an API key: set OPENAI_API_KEY, or name its variable in OPTIONS['api_key_env']."]
        return []

    def stream(self, path: str, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The events of a streamed answer, as they come."""
        httpx = require("httpx", extra="openai")
        try:
            with self._open().stream("POST", f"{self.base_url}{path}", json=body) as answer:
                if answer.status_code >= 400:
                    answer.read()
                    raise self._refused(answer)
                for line in answer.iter_lines():
                    if line.startswith("data:") and (data := line[5:].strip()) not in ("", "[DONE]"):
                        yield self._read_json(data)
        except httpx.TransportError as error:
            raise self._unreachable(error) from error

    def close(self) -> None:
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def forget_connections(self) -> None:
        """For the child of a fork: two processes must not write to one connection."""
        self._lock = threading.Lock()
        self._client = None

    def _send(self, path: str, body: dict[str, Any]) -> Any:
        httpx = require("httpx", extra="openai")
        for attempt in range(self.retries + 1):
            last = attempt == self.retries
            try:
                answer = self._open().post(f"{self.base_url}{path}", json=body)
            except httpx.TransportError as error:
                if last:
                    raise self._unreachable(error) from error
                time.sleep(self._wait(attempt, ""))
                continue
            if answer.status_code < 400:
                return answer
            if last or answer.status_code not in RETRIED:
                raise self._refused(answer)
            time.sleep(self._wait(attempt, answer.headers.get("retry-after", "")))
        raise AssertionError("unreachable")

    def _open(self) -> Any:
        with self._lock:
            if self._client is None:
                headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
                self._client = require("httpx", extra="openai").Client(headers=headers, timeout=self.timeout)
            return self._client

    def _wait(self, attempt: int, retry_after: str) -> float:
        try:
            asked = float(retry_after)
        except ValueError:
            asked = 0.0
        grown: float = self.first_wait * 2**attempt * random.uniform(0.75, 1.25)  # noqa: S311
        return min(max(asked, grown), LONGEST_WAIT)

    def _read_json(self, text: str) -> dict[str, Any]:
        try:
            content = json.loads(text)
        except ValueError:
            content = None
        if not isinstance(content, dict):
            raise BackendUnavailable(f"{self.host} did not answer with JSON; is {self.base_url} the API's address?")
        return content

    def _refused(self, answer: Any) -> BackendUnavailable:
        hint = {401: " Check the API key.", 403: " Check the API key.", 404: " Check base_url and model."}
        said = " ".join(answer.text.split())[:300]
        if self._key:
            said = said.replace(self._key, "…")
        return BackendUnavailable(
            f"{self.host} answered {answer.status_code}: {said}.{hint.get(answer.status_code, '')}"
        )

    def _unreachable(self, error: Exception) -> BackendUnavailable:
        return BackendUnavailable(
            f"{self.host} cannot be reached ({type(error).__name__}: {error}). "
            f"Check that the server runs and that base_url is right."
        )
