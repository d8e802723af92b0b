"""Writes texts from a product's facts with a plain function: always the same, no weights. Composes nothing itself."""

import time
from collections.abc import Callable, Sequence

from django.utils.module_loading import import_string

from retail_ai.backends.base import Generation, Generator, PromptLike, as_prompt
from retail_ai.exceptions import ConfigurationError, InvalidInput

Compose = Callable[..., str]


class ComposerGenerator(Generator):
    """Calls ``compose(facts, **hints)`` for each prompt. OPTIONS: ``compose``, a function or its dotted path."""

    def __init__(self, *, compose: Compose | str = "retail_ai.engine.composer.compose") -> None:
        super().__init__(compose=compose)
        self._given = compose

    @property
    def identity(self) -> str:
        return "composer/2"

    def check(self) -> list[str]:
        try:
            self._function()
        except ConfigurationError as error:
            return [str(error)]
        return []

    def generate(
        self,
        prompts: Sequence[PromptLike],
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: Sequence[str] = (),
    ) -> list[Generation]:
        """One text a prompt; the prompt must carry ``facts``. Limits, temperature and seed are of no effect."""
        compose = self._function()
        return [self._write(compose, given) for given in prompts]

    def _write(self, compose: Compose, given: PromptLike) -> Generation:
        prompt, started = as_prompt(given), time.perf_counter()
        if prompt.facts is None:
            raise InvalidInput("The composer writes from Prompt.facts, and this prompt carries none.")
        try:
            text = compose(prompt.facts, **prompt.hints)
        except ValueError as error:
            raise InvalidInput(str(error)) from error
        return Generation(text, seconds=time.perf_counter() - started)

    def _function(self) -> Compose:
        if not isinstance(self._given, str):
            return self._given
        try:
            found: Compose = import_string(self._given)
        except ImportError as error:
            raise ConfigurationError(f"OPTIONS['compose'] = '{self._given}' cannot be imported: {error}") from error
        return found
