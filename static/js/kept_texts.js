// What only this browser has of a record whose forms are closed by now: shown to be copied, until it is thrown away.
// A text that stands on the page anyway is left out.
(function () {
  "use strict";
  const copies = window.draftCopies;

  function plain(text) {
    return String(text).replace(/\s+/g, " ").normalize("NFC").trim();
  }
  function kept(key) {
    return copies.of(key).map(copies.read).concat(copies.read(key + "#kept") || []).filter(Boolean);
  }
  function show(root) {
    const stands = new Set(Array.from(document.querySelectorAll("main dd, main td"), function (each) { return plain(each.textContent); }));
    root.querySelectorAll("[data-kept-of]").forEach(function (section) {
      const labels = JSON.parse(section.dataset.labels), list = section.querySelector("dl"), seen = new Set();
      kept(section.dataset.keptOf).forEach(function (copy) {
        copy.values.forEach(function (pair) {
          const row = pair[0].match(/^(.+)-(\d+)-(.+)$/), text = plain(pair[1]);
          const label = labels[row ? row[1] + "-" + row[3] : pair[0]], name = pair[0] + "=" + text;
          if (!label || !text || stands.has(text) || seen.has(name)) return;
          seen.add(name);
          const piece = root.querySelector("template").content.cloneNode(true);
          piece.querySelector("[data-name]").textContent = label + (row ? " (" + (Number(row[2]) + 1) + ")" : "");
          piece.querySelector("[data-text]").textContent = pair[1];
          section.querySelector("[data-when]").textContent = copies.timeOf(copy);
          list.append(piece);
        });
      });
      section.hidden = !seen.size;
      section.querySelector("button").addEventListener("click", function () {
        copies.of(section.dataset.keptOf).concat(section.dataset.keptOf + "#kept").forEach(copies.remove);
        section.hidden = true;
        hideWhereEmpty(root);
      });
    });
    hideWhereEmpty(root);
  }
  function hideWhereEmpty(root) {
    root.hidden = !root.querySelector("[data-kept-of]:not([hidden])");
  }

  document.querySelectorAll("[data-kept-texts]").forEach(show);
})();
