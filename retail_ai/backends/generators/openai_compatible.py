"""Texts from an OpenAI-compatible server: vLLM, Ollama, llama.cpp's server or a hosted API. Runs no model itself."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from retail_ai.backends.base import FinishReason, Generation, Generator, Prompt, PromptLike, as_prompt
from retail_ai.backends.http import OPENAI, Server
from retail_ai.backends.packages import missing
from retail_ai.backends.texts import without_surrogates
from retail_ai.exceptions import BackendUnavailable


class OpenAICompatibleGenerator(Generator):
    """OPTIONS: ``model``, ``base_url``, ``api_key``/``api_key_env``, ``concurrency`` (requests under way at once).

    ``extra`` is merged into each request (e.g. {"max_completion_tokens": 500} for servers that want it).
    Further options (timeout, retries) go to the connection.
    """

    def __init__(
        self,
        *,
        model: str,
        base_url: str = OPENAI,
        concurrency: int = 4,
        extra: dict[str, Any] | None = None,
        **connection: Any,
    ) -> None:
        super().__init__(model=model, base_url=base_url)
        self.model, self.concurrency, self.extra = model, concurrency, extra or {}
        self.server = Server(base_url=base_url, **connection)

    @property
    def identity(self) -> str:
        return f"{self.server.host}/{self.model}"[:200]

    def close(self) -> None:
        self.server.close()

    def after_fork(self) -> None:
        super().after_fork()
        self.server.forget_connections()

    def check(self) -> list[str]:
        return missing("httpx", extra="openai") or self.server.check()

    def generate(
        self,
        prompts: Sequence[PromptLike],
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: Sequence[str] = (),
    ) -> list[Generation]:
        bodies = [self._body(as_prompt(p), max_tokens, temperature, seed, stop) for p in prompts]
        with ThreadPoolExecutor(max(1, min(self.concurrency, len(bodies)))) as pool:
            return list(pool.map(self._complete, bodies))

    def stream(
        self,
        prompt: PromptLike,
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: Sequence[str] = (),
    ) -> Iterator[str]:
        body = self._body(as_prompt(prompt), max_tokens, temperature, seed, stop) | {"stream": True}
        for event in self.server.stream("/chat/completions", body):
            for choice in event.get("choices") or []:
                if piece := (choice.get("delta") or {}).get("content"):
                    yield piece

    def _body(
        self, prompt: Prompt, max_tokens: int, temperature: float, seed: int, stop: Sequence[str]
    ) -> dict[str, Any]:
        messages = [{"role": m.role, "content": without_surrogates(m.content)} for m in prompt.messages]
        body: dict[str, Any] = {"model": self.model, "messages": messages, "temperature": temperature, "seed": seed}
        if "max_completion_tokens" not in self.extra:
            body["max_tokens"] = max_tokens
        if stop:
            body["stop"] = list(stop)
        return body | self.extra

    def _complete(self, body: dict[str, Any]) -> Generation:
        started = time.perf_counter()
        answer = self.server.post("/chat/completions", body)
        try:
            choice = answer["choices"][0]
            text = choice["message"]["content"] or ""
        except (KeyError, IndexError, TypeError) as error:
            raise BackendUnavailable(f"{self.server.host} answered without a text.") from error
        usage = answer.get("usage") or {}
        reason: FinishReason = "length" if choice.get("finish_reason") == "length" else "stop"
        return Generation(
            text=text,
            prompt_tokens=int(usage.get("prompt_tokens") or 0),
            completion_tokens=int(usage.get("completion_tokens") or 0),
            seconds=time.perf_counter() - started,
            finish_reason=reason,
        )
