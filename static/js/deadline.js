// Counts on to the deadline from what the server said when the page was made; the browser's own clock may be wrong.
(function () {
  "use strict";

  const begun = Date.now(), DAY = 24 * 60 * 60;

  document.querySelectorAll("[data-closes-in]").forEach(function (place) {
    const words = place.dataset, all = Number(words.closesIn);
    if (!all) return;

    function show() {
      const left = all - Math.floor((Date.now() - begun) / 1000);
      if (left >= DAY) return;
      const hours = Math.floor(left / 3600), minutes = Math.floor((left % 3600) / 60);
      const text = left <= 0 ? words.over : hours ? words.hours : minutes ? words.minutes : words.least;
      place.textContent = text.replace("{hours}", hours).replace("{minutes}", minutes);
    }
    setInterval(show, 5000);
    document.addEventListener("visibilitychange", show);
  });
})();
