"""The demo from end to end: services, shop, worker, main job, and the shop served until Ctrl-C."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import connection

from retail_ai.embedded import Services, provide
from retail_ai.embedded.folders import need_space
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import resume_job, retry_failed
from retail_ai.jobs.tasks import enqueue
from retail_ai.jobs.terminal import watch
from retail_ai.management.pipeline import STEPS, Step, start_step
from shop_demo.demo import people, serving, setup
from shop_demo.demo.display import Display, Line
from shop_demo.demo.folder import DemoFolder
from shop_demo.demo.ports import need_port
from shop_demo.demo.processes import celery_children
from shop_demo.demo.services import connect, name_of
from shop_demo.demo.workers import Workers
from shop_demo.models import Order, Product

FIRST_MB, LATER_MB = 1000, 100


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for on the command line."""

    host: str = "127.0.0.1"
    port: int = 8000
    reset: bool = False
    serve: bool = True
    drafts: int = 12


class Demo:
    """One run of the demo. Everything started is on ``self.stack`` and ends with it, in reverse order."""

    def __init__(self, folder: Path, display: Display, options: Options) -> None:
        self.folder, self.display, self.options = DemoFolder(folder), display, options
        self.stack = ExitStack()
        self.database = ""
        self.state: dict[str, Any] = {}
        self.problems: list[str] = []

    def run(self) -> None:
        """Raises DemoError and RetailAIError, whose messages say what to do; KeyboardInterrupt ends it."""
        if self.options.serve:
            need_port(self.options.host, self.options.port)
        self.folder.open()
        if self.options.reset:
            self.folder.reset()
        serving.name_site(self.options.host, self.options.port)
        with self.stack:
            self._start_services()
            with self.display.step("Make the tables") as line:
                setup.migrate(line)
            self.workers = Workers(celery_children(self.folder.path), self._warn)
            self.stack.callback(self.workers.stop)
            self.workers.start()
            self._load_shop()
            for step in STEPS:
                self._do(step)
            self._say_and_serve()

    # -- what comes before the jobs -------------------------------------------------------------------------
    def _start_services(self) -> None:
        path = self.folder.path
        need_space(path, LATER_MB if (path / "state.json").exists() else FIRST_MB)
        with self.display.step("Start the services") as line:
            services: Services = provide(path)
            self.stack.callback(services.stop)
            connect(services)
            self.stack.callback(connection.close)
            line.note = f"embedded {' and '.join(services.started)}" if services.started else "yours"
        self.database = name_of(services.database_url)
        self.state = self.folder.state(self.database)

    def _load_shop(self) -> None:
        self.weights = setup.WeightsFetch(self.folder.path / "weights.log")
        self.stack.callback(self.weights.stop)
        self._once("Load the catalogue", "load_demo_catalogue", Product.objects.exists)
        self._once("Simulate two years of sales", "simulate_history", Order.objects.exists)
        self.admin = people.make_admin(self.folder)
        self.customer = people.make_customer(self.folder)
        with self.display.step("Fetch the language model") as line:
            if problem := self.weights.wait():
                line.mark = "failed"
                line.note = "descriptions will be written by the composer, and say so"
                self.problems.append(f"No language model: {problem}")

    def _once(self, label: str, command: str, is_there: Any) -> None:
        with self.display.step(label) as line:
            if command in self.state["done"] and is_there():
                line.mark, line.note = "skipped", "done before"
                return
            setup.run_command(command, line)
        if line.mark == "done":
            self.state["done"].append(command)
            self.folder.remember(self.database, self.state)

    # -- the main job -------------------------------------------------------------------------------------------
    def _do(self, step: Step) -> None:
        with self.display.step(str(step.label)) as line:
            job = self._job(step, line)
            if job is None:
                return
            for now in watch(job, tick=self.workers.look):
                line.move(now.done + now.failed, now.total)
            self._close(job, line)

    def _job(self, step: Step, line: Line) -> Job | None:
        """The step's job of an earlier run where it stands, else a new one, in the workers' hands."""
        job = Job.objects.filter(pk=self.state["jobs"].get(step.key), kind=step.kind).first()
        if job is not None and job.state in (Job.State.DONE, Job.State.CANCELLED):
            line.mark, line.note = "skipped", "done before" if job.state == Job.State.DONE else "cancelled"
            return None
        if job is None or not (retry_failed(job=job) or resume_job(job=job)):
            try:
                job = start_step(step.key, drafts=self.options.drafts, started_by=self._owner())
            except (ImportError, AttributeError) as error:
                line.mark, line.note = "skipped", f"not installed ({error})"
                return None
            self.state["jobs"][step.key] = job.pk
            self.folder.remember(self.database, self.state)
        enqueue(job)
        return job

    def _close(self, job: Job, line: Line) -> None:
        if job.state != Job.State.DONE:
            line.mark, line.note = "failed", f"{job.get_state_display()}: {job.error[:200]}"
            self.problems.append(f"{job.title}: {job.error or job.get_state_display()}")
            return
        line.note = f"{job.done} of {job.total}" + (f", {job.failed} failed" if job.failed else "")
        if job.tokens:
            line.note += f", {job.tokens} tokens"

    def _owner(self) -> User | None:
        return User.objects.filter(username=people.ADMIN).first()

    # -- the shop -----------------------------------------------------------------------------------------------
    def _say_and_serve(self) -> None:
        site = f"http://{self.options.host}:{self.options.port}"
        rows = [("Owner's login", f"{self.admin.username} / {self.admin.password}")]
        if self.customer:
            rows.append(("Customer's login", f"{self.customer.username} / {self.customer.password}"))
        rows += [
            ("Shop", f"{site}/"),
            ("Admin", f"{site}/admin/"),
            ("Jobs", f"{site}/admin/retail_ai/job/"),
            ("Files and logs", str(self.folder.path)),
        ]
        server = None
        if self.options.serve:
            server = serving.make_server(self.options.host, self.options.port, self.folder.path / "web.log")
        for problem in self.problems:
            self._warn(problem)
        self.display.box("The demo shop is ready" if server else "The demo shop is prepared", rows)
        if server:
            self.display.print("Ctrl-C stops everything. The data stay; --reset starts over.")
            serving.serve(server, self.workers.look_and_go_on)

    def _warn(self, text: str) -> None:
        self.display.print(f"! {text}", style="yellow")
