"""Serves the shop: Django's own threaded server, in this process, static files included, without the reloader.

It is chosen because it needs no further package, no collected static files and no second process to look after;
a live shop runs its ``shop_demo.wsgi`` under gunicorn or the like.
"""

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from retail_ai.conf import conf


def name_site(host: str, port: int) -> None:
    """Links in mails lead to where this shop is served, from here and from the workers, unless SITE_URL says else."""
    reached = "localhost" if host in ("0.0.0.0", "::") else host  # noqa: S104
    os.environ.setdefault("SITE_URL", f"http://{reached}:{port}")
    settings.RETAIL_AI["SITE_URL"] = os.environ["SITE_URL"]
    conf.reload(setting="RETAIL_AI")


def make_server(host: str, port: int, log: Path) -> ThreadedWSGIServer:
    """A listening server; raises OSError when the port was taken meanwhile. Requests are logged to ``log``."""
    application = StaticFilesHandler(get_wsgi_application())  # sets logging up once more, so ours comes after
    logger = logging.getLogger("django.server")
    logger.handlers = [logging.FileHandler(log)]
    server = ThreadedWSGIServer((host, port), WSGIRequestHandler)
    server.set_app(application)
    return server


def serve(server: ThreadedWSGIServer, look_after: Callable[[], None], every: float = 1.0) -> None:
    """Answer requests until KeyboardInterrupt; ``look_after`` is called about once a second meanwhile."""
    over = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    thread.start()
    try:
        while not over.wait(every):
            look_after()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
