// What stands beside a form that saves itself: drawn anew by the server after each saving ("autosaved", autosave.js).
(function () {
  "use strict";

  document.querySelectorAll("[data-beside]").forEach(function (place) {
    let latest = 0;
    document.addEventListener("autosaved", async function () {
      const mine = ++latest;
      try {
        const answer = await fetch(place.dataset.beside, { credentials: "same-origin", redirect: "error" });
        const html = answer.ok ? await answer.text() : null;
        if (html !== null && mine === latest) place.innerHTML = html;
      } catch (error) {
        // It stays as it was drawn; the form itself tells of a lost connection.
      }
    });
  });
})();
