"""Learns the shop's voice from approved texts in the terminal, or puts a learned release in or out of service."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from retail_ai.conf import conf
from retail_ai.descriptions.learning import start_learn_job
from retail_ai.descriptions.voice_models import VoiceRelease
from retail_ai.descriptions.voice_releases import promote_voice, roll_back_voice
from retail_ai.exceptions import RetailAIError
from retail_ai.jobs.presentation import report_rows
from retail_ai.jobs.tasks import enqueue
from retail_ai.jobs.terminal import work


class Command(BaseCommand):
    help = "Learn the shop's voice from approved texts (LoRA); it serves only where it is better and invents nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--generator", default="default", choices=sorted(conf.GENERATORS))
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--queue", action="store_true", help="leave the work to the Celery workers")
        parser.add_argument("--list", action="store_true", help="show the releases, and stop")
        parser.add_argument("--promote", type=int, metavar="ID", help="let a release serve")
        parser.add_argument("--roll-back", action="store_true", help="bring back what served before")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._do(options)
        except RetailAIError as error:
            raise CommandError(str(error)) from error

    def _do(self, options: dict[str, Any]) -> None:
        if options["list"]:
            for release in VoiceRelease.objects.all():
                self.stdout.write(_line(release))
        elif options["roll_back"]:
            before = roll_back_voice()
            self.stdout.write(f"Serving now: {before or 'the model as it came'}.")
        elif options["promote"] is not None:
            wanted = VoiceRelease.objects.filter(pk=options["promote"]).first()
            if wanted is None:
                raise CommandError(f"There is no release {options['promote']}; see --list.")
            self.stdout.write(f"Serving now: {promote_voice(release=wanted)}.")
        else:
            self._learn(options)

    def _learn(self, options: dict[str, Any]) -> None:
        job = start_learn_job(generator=options["generator"], seed=options["seed"])
        if options["queue"]:
            enqueue(job)
            self.stdout.write(f"Job {job.pk} is queued.")
            return
        work(job)
        for name, value in report_rows(job):
            self.stdout.write(f"  {name}: {value}")
        for failure in job.failures.all():
            raise CommandError(failure.reason)
        for release in VoiceRelease.objects.filter(job=job):
            self.stdout.write(_line(release))


def _line(release: VoiceRelease) -> str:
    held, probe = release.metrics.get("held_out", {}), release.metrics.get("probe", {})
    figures = ", ".join(f"{who} {row['loss']:.4f}" for who, row in held.items())
    bad = probe.get("candidate", {}).get("unsupported", "–")
    return f"{release}: loss on unseen texts {figures or '–'}; claims without a fact {bad}; {release.text_count} texts"
