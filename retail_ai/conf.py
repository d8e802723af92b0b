"""The one reader of the RETAIL_AI setting. Every key and its default stand in DEFAULTS; nobody else reads it."""

from typing import Any

from django.conf import settings
from django.core.signals import setting_changed

from retail_ai.exceptions import ConfigurationError

DEFAULTS: dict[str, Any] = {
    # Dotted path of the shop's StoreAdapter subclass.
    "STORE": None,
    # Embedders by alias: {"BACKEND": dotted path, "OPTIONS": {...}}. "default" indexes and answers searches.
    "EMBEDDERS": {
        "default": {"BACKEND": "retail_ai.backends.embedders.use.UniversalSentenceEncoder", "OPTIONS": {}},
    },
    # Text generators by alias. "default" writes; "composer" is what is fallen back to. Beside BACKEND, for a server
    # that costs money: "PRICE": {"INPUT": 0.15, "OUTPUT": 0.60, "CURRENCY": "USD"} for a million tokens.
    "GENERATORS": {
        "default": {
            "BACKEND": "retail_ai.backends.generators.transformers_lm.TransformersGenerator",
            "OPTIONS": {},
        },
        "composer": {"BACKEND": "retail_ai.backends.generators.composer.ComposerGenerator", "OPTIONS": {}},
    },
    # Recommenders by alias. All are tried on validation, the best is trained on and, when it passes the gate, served.
    # "ease" is better where people buy sets of things, "default" where one leads to the next. None leaves one out.
    "RECOMMENDERS": {
        "default": {"BACKEND": "retail_ai.backends.recommenders.linear.SequentialLinear", "OPTIONS": {}},
        "ease": {"BACKEND": "retail_ai.backends.recommenders.simple.Ease", "OPTIONS": {}},
    },
    # Trainers by alias. "default" learns the shop's voice from approved texts; its OPTIONS are LoraTrainer's.
    "TRAINERS": {
        "default": {"BACKEND": "retail_ai.backends.trainers.lora.LoraTrainer", "OPTIONS": {}},
    },
    # Image embedders by alias; none by default. "default" looks at the products' pictures before each training.
    "IMAGE_EMBEDDERS": {},
    # Where downloaded and converted weights are kept. None: the user's cache directory.
    "WEIGHTS_DIR": None,
    # Languages that text is written in and pages are shown in.
    "LANGUAGES": ["en"],
    # Rerankers by alias; none by default. "default" reads a search's first hits once more, with the query: a
    # cross-encoder (retail_ai.backends.rerankers.cross_encoder.CrossEncoder) costs some 10 ms a hit on a CPU.
    "RERANKERS": {},
    # How the shop's search works. BESIDE: embedders (aliases of EMBEDDERS) whose vectors are asked beside those of
    # "default", each with the text it embeds: "short" (shelf and title) or "full" (all facts). VARIANTS: hits with
    # almost the same title that may stand side by side before the others step back. BOOSTS: how far popular,
    # profitable, well stocked and new products rise, as a share of the distance between the best and the middle hit;
    # 0: no difference. LEARN_FROM_CLICKS: whether the nightly task learns the order from what shoppers click and buy.
    "SEARCH": {
        "BESIDE": {},
        "VARIANTS": 3,
        "BOOSTS": {"popularity": 0.1, "margin": 0.0, "stock": 0.0, "newness": 0.0},
        "LEARN_FROM_CLICKS": True,
    },
    # CPU threads that models may use. None: as many as this process may run on.
    "THREADS": None,
    # Seconds one run of a job's task works before it hands over to the next run.
    "JOB_SLICE_SECONDS": 60,
    # Days that finished jobs, with their figures and failures, are kept before the task deletes them. None: for ever.
    "JOB_RETENTION_DAYS": 365,
    # Products up to which nearest-neighbour queries scan exactly and no HNSW index is built.
    "EXACT_SCAN_LIMIT": 5_000,
    # Milliseconds that one statement of a search may take before it is cancelled and the shopper is told so.
    "SEARCH_TIMEOUT_MS": 2_000,
    # Weeks ahead that demand is forecast.
    "FORECAST_WEEKS": 8,
    # Days between order and delivery when a supplier states none.
    "LEAD_TIME_DAYS": 14,
    # Probability of no stock-out during lead time that reorder advice aims at.
    "SERVICE_LEVEL": 0.95,
    # What keeping stock for a year costs, as a share of its cost, when supplier terms state nothing.
    "HOLDING_RATE": 0.2,
    # Days that stock may take to sell before the rest counts as too much.
    "SURPLUS_DAYS": 120,
    # What a recommendation's score is multiplied with by how the product's stock stands: show sooner what there is too
    # much of, later what will be out before it can be had again. 1: no difference.
    "STOCK_BOOSTS": {"excess": 1.15, "dead": 1.1, "short": 0.8},
    # Whether shoppers who said neither yes nor no are tracked. Set False where the law asks for a yes first.
    "TRACK_BY_DEFAULT": True,
    # Days that events are kept before the retention task deletes them. None: for ever.
    "EVENT_RETENTION_DAYS": 1095,
    # Names of categories whose products are bought again and again: they are suggested although already bought.
    "REPEAT_CATEGORIES": [],
    # Names of categories from which nothing is inferred: never a reason, never suggested to a person, never in mail.
    "SENSITIVE_CATEGORIES": [],
    # How alike a product must be to be suggested for that alone, as a rank among pairs of the shop's products: 0.95 is
    # more alike than nineteen of twenty pairs taken at random. 0: no limit.
    "LEAST_LIKENESS": 0.95,
    # Share of a slate that one brand may take while there are others.
    "MOST_OF_A_BRAND": 0.5,
    # Requests that one person may make, by kind of endpoint: "120/min", "5/s", "1000/day"; None: no limit.
    "THROTTLE_RATES": {
        "assistant": "20/min",
        "events": "120/min",
        "inventory": "120/min",
        "jobs": "240/min",
        "recommendations": "300/min",
        "search": "120/min",
    },
    # Where the shop is reached from outside, for links in mail: "https://shop.example.com".
    "SITE_URL": "http://localhost:8000",
}


class Conf:
    """Attribute access to RETAIL_AI with defaults: ``conf.STORE``. Dict-valued keys are merged one level deep.

    What was asked for once is an attribute from then on, until the setting changes.
    """

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_") or key not in DEFAULTS:
            raise AttributeError(f"RETAIL_AI has no key {key!r}; known keys: {', '.join(sorted(DEFAULTS))}")
        given, default = getattr(settings, "RETAIL_AI", {}), DEFAULTS[key]
        value = given.get(key, default)
        if isinstance(default, dict):
            if not isinstance(value, dict):
                raise ConfigurationError(f"RETAIL_AI[{key!r}] is {value!r}; it is a dict such as {default!r}")
            value = {**default, **value}
        self.__dict__[key] = value
        return value

    def unknown_keys(self) -> list[str]:
        """Keys in the RETAIL_AI setting that mean nothing to the app (most often a typing mistake)."""
        return sorted(set(getattr(settings, "RETAIL_AI", {})) - set(DEFAULTS))

    def reload(self, *, setting: str, **_: Any) -> None:
        if setting.startswith("RETAIL_AI"):
            self.__dict__.clear()


conf = Conf()
setting_changed.connect(conf.reload, dispatch_uid="retail_ai.conf")
