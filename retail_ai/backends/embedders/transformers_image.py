"""Any transformers CLIP or SigLIP as an image embedder: a folder, a package's model, or a name on the hub.

Texts land in the same space, so a picture can be found by words. Trains nothing; opens pictures with Pillow.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from retail_ai.backends.base import ImageEmbedder, Vectors
from retail_ai.backends.packages import missing, require
from retail_ai.backends.references import resolve, unresolved
from retail_ai.backends.texts import clean
from retail_ai.backends.torch_runtime import load_pretrained, pick_device, start_torch, start_transformers
from retail_ai.exceptions import InvalidInput

# Larger pictures are refused before they are unpacked (a small file may hold billions of pixels).
MOST_PIXELS = 100_000_000


class TransformersImageEncoder(ImageEmbedder):
    """OPTIONS: ``model``, e.g. "google/siglip-base-patch16-224"; ``batch_size``, ``device``, ``revision``."""

    needs_weights: ClassVar[bool] = True

    def __init__(self, *, model: str, batch_size: int = 16, device: str = "auto", revision: str | None = None) -> None:
        super().__init__(model=model, batch_size=batch_size, device=device, revision=revision)
        self.model, self.batch_size, self.device, self.revision = model, batch_size, device, revision
        self._loaded: tuple[Any, Any] | None = None

    @property
    def identity(self) -> str:
        return f"image:{resolve(self.model).name[:150]}/{self.dimensions}"

    @property
    def dimensions(self) -> int:
        config = resolve(self.model).config()
        width = config.get("projection_dim") or config.get("vision_config", {}).get("hidden_size")
        return int(width or self._load()[0].config.vision_config.hidden_size)

    def check(self) -> list[str]:
        return missing("torch", "transformers", "PIL", extra="images") or unresolved(self.model)

    def open(self, file: Any) -> Any:
        image = require("PIL.Image", extra="images")
        try:
            picture = image.open(Path(file) if isinstance(file, str) else file)
            if picture.width * picture.height > MOST_PIXELS:
                raise InvalidInput(f"A picture of {picture.width} × {picture.height} is larger than can be looked at.")
            return picture.convert("RGB")
        except (OSError, ValueError, SyntaxError, image.DecompressionBombError) as error:
            raise InvalidInput(f"This is no picture that can be read: {error}") from error

    def embed_images(self, images: Sequence[Any]) -> Vectors:
        vectors = np.empty((len(images), self.dimensions), dtype=np.float32)
        for start in range(0, len(images), self.batch_size):
            model, processor = self._load()
            given = processor(images=list(images[start : start + self.batch_size]), return_tensors="pt")
            vectors[start : start + self.batch_size] = self._unit(model.get_image_features, given)
        return vectors

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        model, _processor = self._load()
        tokenizer = load_pretrained(start_transformers().AutoTokenizer.from_pretrained, resolve(self.model).location)
        longest = model.config.text_config.max_position_embeddings
        for start in range(0, len(texts), self.batch_size):
            batch = [clean(text) or " " for text in texts[start : start + self.batch_size]]
            # SigLIP was trained on texts filled up to its full length, and CLIP does not mind.
            given = tokenizer(batch, truncation=True, max_length=longest, padding="max_length", return_tensors="pt")
            vectors[start : start + self.batch_size] = self._unit(model.get_text_features, given)
        return vectors

    def _unit(self, features: Any, given: Any) -> Vectors:
        torch = start_torch()
        with self._lock, torch.inference_mode():
            found = features(**{name: value.to(self._load()[0].device) for name, value in given.items()})
            # transformers before 5 gave the tensor itself.
            found = getattr(found, "pooler_output", found).float()
            unit: Vectors = torch.nn.functional.normalize(found, dim=1).cpu().numpy()
        return unit

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                torch, transformers = start_torch(), start_transformers()
                location = resolve(self.model).location
                processor = load_pretrained(
                    transformers.AutoImageProcessor.from_pretrained, location, revision=self.revision
                )
                model = load_pretrained(
                    transformers.AutoModel.from_pretrained, location, revision=self.revision, dtype=torch.float32
                )
                self._loaded = model.to(pick_device(self.device)).eval(), processor
            return self._loaded
