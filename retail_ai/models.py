"""Door: Django finds the rooms' models here."""

from retail_ai.assistant.models import *  # noqa: F403
from retail_ai.campaigns.models import *  # noqa: F403
from retail_ai.catalog.models import *  # noqa: F403
from retail_ai.catalog.search_models import *  # noqa: F403
from retail_ai.descriptions.models import *  # noqa: F403
from retail_ai.descriptions.voice_models import *  # noqa: F403
from retail_ai.events.models import *  # noqa: F403
from retail_ai.experiments.models import *  # noqa: F403
from retail_ai.inventory.models import *  # noqa: F403
from retail_ai.jobs.models import *  # noqa: F403
from retail_ai.privacy.models import *  # noqa: F403
from retail_ai.recommendations.models import *  # noqa: F403
