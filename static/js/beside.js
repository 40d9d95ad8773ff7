// What stands beside a form that saves itself: drawn anew by the server after each saving ("autosaved", autosave.js).
(function () {
  "use strict";
  const PAUSE = 300; // ms: who saves and leaves has left by then, and nothing is asked in vain

  document.querySelectorAll("[data-beside]").forEach(function (place) {
    let soon = 0, latest = 0;

    async function draw() {
      const mine = ++latest;
      try {
        const answer = await fetch(place.dataset.beside, { credentials: "same-origin", redirect: "error" });
        const html = answer.ok ? await answer.text() : null;
        if (html !== null && mine === latest) place.innerHTML = html;
      } catch (error) {
        // It stays as it was drawn; the form itself tells of a lost connection.
      }
    }

    document.addEventListener("autosaved", function () {
      clearTimeout(soon);
      soon = setTimeout(draw, PAUSE);
    });
  });
})();
