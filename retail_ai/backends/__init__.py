"""Hands out the configured models: get_embedder, get_generator, get_recommender. Loads none itself."""

from retail_ai.backends.base import Embedder, Generation, Generator, Message, Prompt, Recommender
from retail_ai.backends.registry import get_embedder, get_generator, get_recommender, get_trainer, reset_backends

__all__ = [
    "Embedder",
    "Generation",
    "Generator",
    "Message",
    "Prompt",
    "Recommender",
    "get_embedder",
    "get_generator",
    "get_recommender",
    "get_trainer",
    "reset_backends",
]
