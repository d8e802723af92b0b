import io

import pytest
from django.core.management import CommandError, call_command

from retail_ai.catalog.models import CatalogEntry


def test_index_and_search_from_the_terminal(make, capsys):
    make("Laptop sleeve"), make("Kettle")
    call_command("retail_ai_index")
    assert "2 of 2" in capsys.readouterr().out
    out = io.StringIO()
    call_command("retail_ai_search", "laptop sleeve", stdout=out)
    assert "Laptop sleeve" in out.getvalue()
    assert "exact match" in out.getvalue()


def test_chosen_products(make):
    phone, _other = make("phone"), make("kettle")
    call_command("retail_ai_index", "--products", str(phone.pk))
    assert CatalogEntry.objects.get().pk == phone.pk


def test_keys_that_are_none_are_refused(db):
    with pytest.raises(CommandError, match="primary keys"):
        call_command("retail_ai_index", "--products", "x")


def test_an_unknown_embedder_is_named(db):
    with pytest.raises(CommandError, match="nope"):
        call_command("retail_ai_index", "--embedder", "nope")
