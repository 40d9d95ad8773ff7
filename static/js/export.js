// How far an export is: asked for every second or so; the page is loaded again when it is finished.
(function () {
  "use strict";

  const bar = document.querySelector("[data-export-progress]");
  if (!bar) return;
  const shown = bar.querySelector("progress");
  const words = bar.querySelector("[role=status]");

  function ask() {
    fetch(bar.dataset.exportProgress, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then((found) => {
        if (!found.waiting) {
          window.location.reload();
          return;
        }
        shown.max = found.total || 1;
        shown.value = found.done;
        words.textContent = found.words;
        window.setTimeout(ask, 1000);
      })
      .catch(() => window.setTimeout(ask, 5000));
  }

  ask();
})();
