"""Learns the shop's voice from approved texts, judges what came of it, and stores it as a release. See lessons.py.

The gate: on products it never saw, the candidate's loss must be lower than that of what serves now, and of the texts
it writes for them no claim may lack its fact.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from retail_ai.backends import Generator, get_generator, get_trainer
from retail_ai.backends.trainers.base import OnEpoch, OnStep, Trainer
from retail_ai.catalog.selectors import facts_of
from retail_ai.descriptions.guides import guides_for
from retail_ai.descriptions.lessons import FEWEST, FIELDS, Lessons, lesson_counts, lessons
from retail_ai.descriptions.pipeline import write_texts
from retail_ai.descriptions.snapshots import bounded
from retail_ai.descriptions.voice_models import VoiceRelease
from retail_ai.descriptions.voice_releases import adapter_of, keep_adapter, serving_release, settle_voice
from retail_ai.exceptions import BackendUnavailable, InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job
from retail_ai.stores import get_store

PROBED = 24


def start_learn_job(*, started_by: Any = None, generator: str = "default", seed: int = 0) -> Job:
    """A queued job that learns the voice. The caller enqueues it.

    Raises InvalidInput, saying how many are needed, where too few texts are approved; ConfigurationError and
    BackendUnavailable where the model or the trainer cannot work.
    """
    count, _edited = lesson_counts()
    _enough(count, count >= FEWEST)
    ready_to_train(generator)
    return create_job(
        kind="descriptions.learn_voice",
        title=_("Learn the shop's voice"),
        keys=["voice"],
        started_by=started_by,
        params={"generator": generator, "seed": seed},
    )


def ready_to_train(alias: str) -> tuple[Generator, Trainer]:
    """The model and its trainer, both able to work. Raises what ``start_learn_job`` does."""
    model, trainer = get_generator(alias), get_trainer()
    if not model.can_adapt:
        raise InvalidInput(
            _("%(model)s cannot be trained here: name a model that runs on your own machine in GENERATORS.")
            % {"model": model.identity}
        )
    if problems := [*model.check(), *trainer.check()]:
        raise BackendUnavailable(" ".join(problems))
    return model, trainer


def learn_voice(
    *,
    generator: str = "default",
    seed: int = 0,
    job: Job | None = None,
    on_epoch: OnEpoch | None = None,
    on_step: OnStep | None = None,
) -> VoiceRelease:
    """Train, judge and store; the release serves at once where it passed the gate. May take many minutes."""
    found = lessons()
    _enough(found.count, found.is_enough)
    model, trainer = ready_to_train(generator)
    trained = trainer.train(
        model, found.parts["training"], found.parts["validation"], seed=seed, on_epoch=on_epoch, on_step=on_step
    )
    release = _release(found, generator, model, job)
    keep_adapter(release=release, adapter=trained.adapter)
    release.configuration = {"trainer": trainer.identity, **trained.settings}
    release.metrics = {
        "epochs": [[e.number, e.training, e.validation] for e in trained.epochs],
        "best_epoch": trained.best,
        "texts": {name: len(part) for name, part in found.parts.items()},
        "left_out": dict(found.left_out),
        "seconds": trained.seconds,
        "device": trained.device,
    }
    _judge(release, found, model, model.adapted(trained.adapter), trainer)  # type: ignore[attr-defined]
    release.save()
    return settle_voice(release=release)


def _judge(release: VoiceRelease, found: Lessons, model: Generator, candidate: Generator, trainer: Trainer) -> None:
    """Figures and reasons of the candidate beside what serves now, on products that neither was trained on."""
    serving = serving_release(model.identity)
    current = model.adapted(adapter_of(serving)) if serving else model  # type: ignore[attr-defined]
    rows = {"candidate": candidate, "current": current} | ({"base": model} if serving else {})
    held_out = found.parts["held_out"]
    for name, each in rows.items():
        loss, tokens = trainer.loss(each, held_out)
        release.metrics.setdefault("held_out", {})[name] = {"loss": loss, "tokens": tokens, "texts": len(held_out)}
    for name in ("candidate", "current"):
        release.metrics.setdefault("probe", {})[name] = probe(rows[name], found.judges[:PROBED])
    release.notes = reasons(release.metrics)
    release.passed_gate = not release.notes


def probe(writer: Generator, products: Sequence[Any]) -> dict[str, int]:
    """Texts written for these products: how many claims lack a fact, and how many of the model's sentences held."""
    facts = [bounded(f) for f in facts_of(get_store().products().filter(pk__in=list(products))).values()]
    texts = write_texts(facts, fields=FIELDS, generator=writer, voice=guides_for(["en"]))
    written = [one for product in texts for one in product]
    return {
        "texts": len(written),
        "unsupported": sum(one.unsupported for one in written),
        "model_sentences": sum(int(one.scores.get("model_sentences", 0)) for one in written),
        "model_kept": sum(int(one.scores.get("model_kept", 0)) for one in written),
    }


def reasons(metrics: dict[str, Any]) -> list[str]:
    """Why a release does not serve by itself; empty when it passed."""
    found = []
    candidate, current = (metrics["held_out"][who]["loss"] for who in ("candidate", "current"))
    if not candidate < current:
        found.append(
            _("Its loss on texts it never saw is %(new).4f; what serves now has %(old).4f.")
            % {"new": candidate, "old": current}
        )
    if bad := metrics["probe"]["candidate"]["unsupported"]:
        found.append(_("%(n)d claims in the texts of the probe have no fact.") % {"n": bad})
    if not metrics["probe"]["candidate"]["texts"]:
        found.append(_("No text could be written for the probe."))
    return found


def _release(found: Lessons, alias: str, model: Generator, job: Job | None) -> VoiceRelease:
    return VoiceRelease.objects.create(
        alias=alias, base=model.identity, job=job, data_from=found.since, data_until=found.until,
        text_count=found.count, edited_count=found.edited,
    )  # fmt: skip


def _enough(count: int, is_enough: bool) -> None:
    if not is_enough:
        raise InvalidInput(
            _(
                "%(n)d approved texts are there to learn from; at least %(least)d of as many products are needed, so "
                "that some can be kept apart to judge with. Publish more descriptions first."
            )
            % {"n": count, "least": FEWEST}
        )
