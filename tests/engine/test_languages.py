"""A text in another language is told from one in the language asked for; names and short texts decide nothing."""

import pytest

from retail_ai.engine.languages import other_language

EN = "The rucksack is made of recycled nylon and weighs 1.2 kg. It comes with a rain cover."
DE = "Der Rucksack ist aus recyceltem Nylon und wiegt 1,2 kg. Er wird mit einer Regenhülle geliefert."
FR = "Le sac à dos est en nylon recyclé et pèse 1,2 kg. Il est livré avec une housse de pluie."
ZH = "这款背包采用再生尼龙制成,重 1.2 千克,还配有防雨罩。"
TW = "這款背包採用再生尼龍製成,還為您附上防雨罩,個人使用。"


@pytest.mark.parametrize(
    "text, language, other",
    [
        (EN, "en", ""), (EN, "en-GB", ""), (DE, "de", ""), (FR, "fr", ""), (ZH, "zh-hans", ""), (TW, "zh-hant", ""),
        (EN, "de", "en"), (DE, "en", "de"), (FR, "es", "fr"), (EN, "zh-hans", "en"), (ZH, "en", "zh"),
        (TW, "zh-hans", "zh-hant"), (ZH, "zh-hant", "zh-hans"), (EN, "hu", "en"), (EN, "ja", "en"), (ZH, "ko", "zh"),
        ("Это рюкзак из нейлона.", "en", "ru"), ("リュックはナイロン製です。", "ja", ""),
        ("Samsung Galaxy S21 5G", "de", ""), ("Sony WH-1000XM4, schwarz", "de", ""), ("45 l", "zh-hans", ""),
        ("", "en", ""),
        ("Sony WH-1000XM4 Wireless Noise Cancelling 头戴式无线耳机,黑色", "zh-hans", ""),
    ],
)  # fmt: skip
def test_other_language(text: str, language: str, other: str) -> None:
    assert other_language(text, language) == other
