"""Which passage answers: on the demo shop's own help texts and the packaged multilingual encoder."""

import re
from pathlib import Path

import numpy as np
import pytest

from retail_ai.engine.answers import IndexedPassage, content_words, find, split_sentences

HELP = Path(__file__).parents[2] / "shop_demo" / "catalogue" / "data"
QUESTIONS = Path(__file__).parents[1] / "assistant" / "questions.tsv"


@pytest.fixture(scope="module")
def judged():
    """(language, question, vector, right passages) of each line, and the passages of both languages."""
    from retail_ai.backends import get_embedder

    embed = get_embedder().embed
    passages = []
    for language in ("en", "zh-hans"):
        for part in re.split(r"^== ", (HELP / f"help_{language}.txt").read_text(encoding="utf-8"), flags=re.M)[1:]:
            head, _, body = part.partition("\n")
            _kind, slug, title = head.split(" ", 2)
            sentences = split_sentences(body)
            passages.append(IndexedPassage(slug, language, title, tuple(sentences), embed([title, *sentences])))
    rows = [line.split("\t") for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    vectors = embed([question for _language, question, _right in rows])
    return [
        ("zh-hans" if language == "zh" else "en", question, vector, set(right.split(",")) - {"-"})
        for (language, question, right), vector in zip(rows, vectors, strict=True)
    ], passages


def test_most_questions_are_answered_rightly_and_few_wrongly(judged):
    rows, passages = judged
    found = [(find(q, v, passages, language=lang, limit=1), right) for lang, q, v, right in rows if right]
    assert np.mean([bool(f) and f[0].passage.id in right for f, right in found]) >= 0.8
    assert np.mean([bool(f) and f[0].passage.id not in right for f, right in found]) <= 0.1


def test_questions_without_an_answer_are_left_alone(judged):
    rows, passages = judged
    assert np.mean([bool(find(q, v, passages, language=lang)) for lang, q, v, right in rows if not right]) <= 0.07


def test_answers_come_in_the_askers_language(judged):
    rows, passages = judged
    for lang, question, vector, right in rows:
        for found in find(question, vector, passages, language=lang, limit=1):
            if found.passage.id in right:
                assert found.passage.language == lang


def test_sentences_are_split_as_they_stand():
    assert split_sentences("Costs EUR 4.90. Free above EUR 49.00! Why? So.") == [
        "Costs EUR 4.90.", "Free above EUR 49.00!", "Why?", "So.",
    ]  # fmt: skip
    assert split_sentences("需要两天。满 49.00 欧元免运费！\n\n见下。") == [
        "需要两天。",
        "满 49.00 欧元免运费！",
        "见下。",
    ]
    assert split_sentences("  ") == []


def test_content_words_fold_and_stem():
    assert content_words("How are the Returns returned?") == ("return", "return")
    assert content_words("我想退货") == ("退货",)
    assert content_words("?!") == ()


def test_a_long_passage_is_quoted_in_part_and_in_order():
    sentences = tuple(f"Sentence number {i}." for i in range(8))
    vectors = np.eye(9, dtype=np.float32)
    question = vectors[5]
    (found,) = find("zzz", question, [IndexedPassage("a", "en", "Title", sentences, vectors)])
    assert sentences[4] in found.sentences
    assert len(found.sentences) <= 3
    assert list(found.sentences) == sorted(found.sentences)


def test_no_passage_no_answer():
    assert find("anything", np.ones(3), []) == []
