"""``manage.py retail_ai_campaign``: prepare a campaign's mails for review. Approving and sending is for a person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from retail_ai.campaigns.models import Campaign
from retail_ai.campaigns.services import first_campaign, start_prepare_job
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.tasks import enqueue
from retail_ai.jobs.terminal import work


class Command(BaseCommand):
    help = "Prepare the mails of a campaign (a new one without --campaign). Nothing is sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--campaign", type=int, help="number of a draft campaign")
        parser.add_argument("--queue", action="store_true", help="hand the job to the workers and return")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = Campaign.objects.filter(pk=options["campaign"]).first() if options["campaign"] else first_campaign()
        if campaign is None:
            raise CommandError(f"No campaign {options['campaign']}.")
        try:
            job = start_prepare_job(campaign=campaign)
        except InvalidInput as error:
            raise CommandError(str(error)) from error
        if options["queue"]:
            enqueue(job)
            self.stdout.write(f"Job {job.pk} is queued.")
            return
        work(job)
        page = reverse("admin:retail_ai_campaign_change", args=[campaign.pk])
        self.stdout.write(f"{campaign.mails.count()} mails wait for review: {page}")
