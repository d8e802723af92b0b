import io
import json

import pytest
from django.core.management import call_command

from retail_ai.management import doctor
from retail_ai.management.doctor import FAIL, OK, WARN, Caution, Probe

pytestmark = pytest.mark.django_db


def examined(monkeypatch, *probes):
    monkeypatch.setattr(doctor, "PROBES", probes)
    return list(doctor.examine())


def raising(error):
    def attempt():
        raise error

    return attempt


def test_ok_caution_and_failure(monkeypatch):
    good, look, bad = examined(
        monkeypatch,
        Probe("a", lambda: "fine", "no hint needed"),
        Probe("b", raising(Caution("half")), "look here"),
        Probe("c", raising(OSError("gone")), "do this"),
    )
    assert (good.state, good.detail, good.hint) == (OK, "fine", "")
    assert (look.state, look.detail, look.hint) == (WARN, "half", "look here")
    assert (bad.state, bad.detail, bad.hint) == (FAIL, "OSError: gone", "do this")


def test_the_real_parts_of_an_empty_shop():
    assert doctor.database().startswith("PostgreSQL")
    assert "answers" in doctor.vectors()
    assert doctor.migrations() == "all applied"
    assert "512" in doctor.embedder()
    assert "none stands still" in doctor.jobs()
    with pytest.raises(Caution, match="finds no product"):
        doctor.adapter()
    with pytest.raises(Caution, match="0 of 0"):
        doctor.index()


def test_exit_code_and_json(monkeypatch):
    monkeypatch.setattr(doctor, "PROBES", (Probe("c", raising(OSError("gone")), "do this"),))
    out = io.StringIO()
    with pytest.raises(SystemExit) as exit_code:
        call_command("retail_ai_doctor", json=True, stdout=out)
    assert exit_code.value.code == 1
    report = json.loads(out.getvalue())
    assert report["ok"] is False and report["parts"][0]["hint"] == "do this"


def test_text_for_people(monkeypatch):
    monkeypatch.setattr(doctor, "PROBES", (Probe("part", raising(Caution("half")), "look here"),))
    out = io.StringIO()
    call_command("retail_ai_doctor", stdout=out, no_color=True)
    assert "warning" in out.getvalue() and "→ look here" in out.getvalue()
