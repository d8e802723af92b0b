"""A web process that answers searches loads neither torch nor transformers."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys, django
django.setup()
import retail_ai.urls
from retail_ai.backends import get_embedder, get_generator, get_recommender
get_generator(), get_recommender()
assert get_embedder().embed_query("red running shoes").shape == (512,)
print(sorted({"torch", "transformers", "openai", "httpx", "safetensors"} & set(sys.modules)))
"""


def test_setup_urls_and_a_query_load_no_torch() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "shop_demo.settings", "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "[]"
