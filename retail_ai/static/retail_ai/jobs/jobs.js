// Keeps the figures of jobs moving: asks for each unfinished job's JSON now and then and puts its texts in place.
// It builds no markup: without it the pages say the same, reloaded by hand or by the browser.
"use strict";

(function () {
  const PAUSE = 1500;
  const LONGEST_PAUSE = 20000;

  function put(root, job) {
    for (const [name, text] of Object.entries(job.words)) {
      for (const element of root.querySelectorAll(`[data-job-text="${name}"]`)) {
        if (element.textContent !== text) element.textContent = text;
        if (name === "state") element.dataset.state = job.state;
        if (name === "error") element.hidden = !text;
      }
    }
    const meter = root.querySelector("[role=progressbar]");
    if (meter) {
      meter.setAttribute("aria-valuenow", job.percent);
      meter.setAttribute("aria-valuetext", job.words.progress);
    }
    const bar = root.querySelector("progress");
    if (bar) bar.value = job.percent;
  }

  async function watch(root, url, whenFinished) {
    let pause = PAUSE;
    for (;;) {
      await new Promise((resume) => setTimeout(resume, document.hidden ? LONGEST_PAUSE : pause));
      try {
        const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
        if (answer.redirected || answer.status === 403 || answer.status === 404) return;
        const job = await answer.json();
        put(root, job);
        pause = PAUSE;
        if (job.is_finished) return whenFinished(job);
      } catch (error) {
        pause = Math.min(LONGEST_PAUSE, pause * 2); // the server is away: ask more and more rarely
      }
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    const page = document.querySelector("[data-job-url][data-job-live=yes]");
    if (page) watch(page, page.dataset.jobUrl, () => window.location.reload());
    for (const bar of document.querySelectorAll("progress[data-job-list][data-job-live=yes]")) {
      watch(bar.closest("tr"), bar.dataset.jobList, () => {});
    }
  });
})();
