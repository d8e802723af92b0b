"""A small real shop, and a light embedder that hashes words: right answers can be seen by eye."""

import zlib
from collections.abc import Sequence

import numpy as np
import pytest

from retail_ai.backends.base import Embedder
from retail_ai.engine.text import tokens
from shop_demo.models import Department, Product

calls: list[str] = []


class WordHash(Embedder):
    """Sums one random direction a word. A stand-in for a sentence encoder: it knows no synonyms."""

    def __init__(self, *, dimensions: int = 32, name: str = "word-hash") -> None:
        super().__init__(dimensions=dimensions, name=name)

    @property
    def identity(self) -> str:
        return f"{self.options['name']}/{self.dimensions}"

    @property
    def dimensions(self) -> int:
        return self.options["dimensions"]

    def embed(self, texts: Sequence[str]):
        calls.extend(texts)
        return np.array([self._one(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)

    def _one(self, text: str):
        vector = np.full(self.dimensions, 1e-3)
        for token in tokens(text):
            vector += np.random.default_rng(zlib.crc32(token.encode())).normal(size=self.dimensions)
        return vector / np.linalg.norm(vector)


WORD_HASH = "tests.catalog.conftest.WordHash"


@pytest.fixture(autouse=True)
def light_embedder(settings):
    calls.clear()
    settings.RETAIL_AI = {**settings.RETAIL_AI, "EMBEDDERS": {"default": {"BACKEND": WORD_HASH, "OPTIONS": {}}}}


@pytest.fixture
def embedded():
    """Texts that were embedded since the test began."""
    return calls


@pytest.fixture
def shelf(db):
    return Department.objects.create(slug="phones", name="Phones")


@pytest.fixture
def make(shelf):
    """make("title", stock=3): a product in the shop."""

    def _make(title: str, **fields) -> Product:
        number = Product.objects.count() + 1
        values = {"sku": f"SKU-{number}", "slug": f"p-{number}", "price": 10, "stock": 5, "department": shelf}
        return Product.objects.create(title=title, **{**values, **fields})

    return _make


@pytest.fixture
def index(db, django_capture_on_commit_callbacks):
    """Run an index job here and now, with what it leaves for after the commit."""
    from retail_ai.catalog.services import start_index_job
    from retail_ai.jobs.runner import run

    def _index(**arguments):
        with django_capture_on_commit_callbacks(execute=True):
            job = start_index_job(**arguments)
            run(job.pk)
        job.refresh_from_db()
        assert job.state == "done", (job.error, list(job.failures.values_list("reason", flat=True)))
        return job

    return _index
