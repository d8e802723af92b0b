"""Runs every fenced snippet of the README and docs/: Python is executed, templates rendered, commands called.

``sh`` blocks: each ``python manage.py …`` line is called on the test database. The README's two commands are run
as they stand by .ci/run. The part on Django-oscar runs in tests/oscar_store, on an Oscar shop. Blocks of other
languages (text, mermaid, ini) are pictures, not code.
"""

import shlex
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.docs.fences import FENCE, OSCAR
from tests.shop_demo.maker import DemoShop

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SNIPPETS = [
    pytest.param(language, code, page, id=f"{page.stem}-{number}-{language}")
    for page in PAGES
    for number, (language, code) in enumerate(FENCE.findall(OSCAR.sub("", page.read_text(encoding="utf-8"))), start=1)
    if language not in {"text", "mermaid", "ini"}
]
# Commands that serve or wait for ever, or need the whole demo: their arguments are parsed, no more.
PARSED_ONLY = {"demo", "runserver"}


@pytest.fixture
def product(db):
    """A product of a shop with a little history."""
    shop, now = DemoShop(), timezone.now()
    tent = shop.product("Tent Fjell 2", brand="Nordur", category="Tents", attributes={"weight": "2.1 kg"})
    others = [shop.product(title, category="Camping") for title in ("Sleeping bag", "Stove", "Lamp")]
    for number in range(12):
        customer = shop.customer(f"c{number}@example.com")
        for days, bought in enumerate([tent, *others], start=number + 1):
            shop.order(customer, [(bought, 1)], now - timedelta(days=60 - 3 * days))
    return tent


@pytest.mark.parametrize(("language", "code", "page"), SNIPPETS)
def test_snippet_runs(language, code, page, product, settings, tmp_path, monkeypatch):
    {"python": run_python, "html": render, "sh": run_commands, "http": request}[language](
        code, product=product, settings=settings, tmp_path=tmp_path
    )


def run_python(code, *, product, settings, **_):
    """Settings snippets are applied, so that a wrong key or path fails; others are executed."""
    names = {"product": product, "__name__": "snippet"}
    exec(compile(code, "snippet", "exec"), names)
    for name, value in names.items():
        if name.isupper() and name.startswith("RETAIL_AI") and isinstance(value, dict):
            setattr(settings, name, {**settings.RETAIL_AI, **value, "STORE": settings.RETAIL_AI["STORE"]})
            from retail_ai.conf import conf

            assert conf.unknown_keys() == []


def render(code, *, product, **_):
    request = RequestFactory().get("/")
    request.session = {}
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    Template(code).render(Context({"product": product, "request": request}))


def run_commands(code, *, product, tmp_path, **_):
    for line in code.replace("\\\n", " ").splitlines():
        if "manage.py " not in line or line.lstrip().startswith("#"):
            continue
        words = shlex.split(line.split("manage.py ", 1)[1].split("&&")[0], comments=True)
        name, arguments = words[0], [w.replace("PRODUCT_ID", str(product.pk)) for w in words[1:]]
        assert name in get_commands(), f"no such command: {name}"
        if name in PARSED_ONLY:
            command = load_command_class(get_commands()[name], name)
            command.create_parser("manage.py", name).parse_args(arguments)
        else:
            call_command(name, *arguments)


def request(code, *, product, **_):
    """``GET /path`` lines answer 200 to somebody signed in as staff."""
    from django.contrib.auth import get_user_model

    client = Client()
    client.force_login(get_user_model().objects.create_superuser("docs", "docs@example.com", "x"))
    for line in code.splitlines():
        if line.startswith("GET "):
            path = line[4:].strip().replace("PRODUCT_ID", str(product.pk))
            response = client.get(path)
            assert response.status_code == 200, f"{path}: {response.status_code}"
