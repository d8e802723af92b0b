"""Looks after the worker: notices that it died, says so, starts it once more and queues its jobs again."""

from collections.abc import Callable

from retail_ai.jobs.tasks import pick_up_stalled
from shop_demo.demo.errors import DemoError
from shop_demo.demo.processes import Child


class Workers:
    """The demo's children. ``look()`` is called again and again, from the waits in between."""

    def __init__(self, children: list[Child], say: Callable[[str], None]) -> None:
        self.children, self.say = children, say
        self._lost: set[str] = set()

    def start(self) -> None:
        for child in self.children:
            child.start()

    def look(self) -> None:
        """Bring back a child that died. Raises DemoError when it died again soon after."""
        for child in self.children:
            if not (reason := child.died()):
                continue
            if not child.may_restart():
                raise DemoError(
                    f"{reason} again soon after it was restarted. The end of {child.log}:\n{child.end_of_log()}\n"
                    f"Nothing is lost: the jobs go on when you start the demo again."
                )
            self.say(f"{reason}. Starting it again; its jobs go on where they stood. Log: {child.log}")
            child.restart()
            pick_up_stalled(older_than_seconds=0)

    def look_and_go_on(self) -> None:
        """As ``look``, for while the shop is served: without a worker the shop still sells."""
        try:
            self.look()
        except DemoError as error:
            self.say(f"{error}\nThe shop goes on without it.")

    def stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop()
