"""Hands out the configured models: get_embedder, get_generator, get_recommender. Loads none itself."""

from retail_ai.backends.base import Embedder, Generation, Generator, ImageEmbedder, Message, Prompt, Recommender
from retail_ai.backends.registry import (
    get_embedder,
    get_generator,
    get_image_embedder,
    get_recommender,
    get_recommenders,
    get_reranker,
    get_trainer,
    reset_backends,
)

__all__ = [
    "Embedder",
    "Generation",
    "Generator",
    "ImageEmbedder",
    "Message",
    "Prompt",
    "Recommender",
    "get_embedder",
    "get_generator",
    "get_image_embedder",
    "get_recommender",
    "get_recommenders",
    "get_reranker",
    "get_trainer",
    "reset_backends",
]
