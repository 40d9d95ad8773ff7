// One box that ticks all rows of the page, or none; without this script it is not shown.
(function () {
  "use strict";

  const holder = document.querySelector("[data-tick-all]");
  if (!holder) return;
  const all = holder.querySelector("input");
  const rows = Array.from(holder.closest("form").querySelectorAll("input[name=pick]"));

  function show() {
    const ticked = rows.filter((row) => row.checked).length;
    all.checked = ticked === rows.length;
    all.indeterminate = ticked > 0 && ticked < rows.length;
  }

  all.addEventListener("change", function () {
    rows.forEach(function (row) {
      row.checked = all.checked;
    });
  });
  rows.forEach((row) => row.addEventListener("change", show));
  // Browsers put ticks back on the way back to a page.
  window.addEventListener("pageshow", show);
  show();
  holder.hidden = false;
})();
