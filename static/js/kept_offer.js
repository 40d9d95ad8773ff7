// What this browser kept from before, beside what the page shows: brought back or thrown away, as the person says.
// Used by autosave.js and kept.js; the panel is components/_kept_offer.html. A newer copy never takes an older one's place.
(function () {
  "use strict";
  const copies = window.draftCopies, MOST = 5;

  // `values` of form_values.js; `unsaved`: the page shows what was typed last itself. `bringBack(copy)` fills it in.
  window.offerKept = function (root, key, values, unsaved, bringBack) {
    const keptKey = key + "#kept", offer = root.querySelector("[data-autosave-offer]");
    let copy = null; // which is shown: other windows take from the list and add to it

    function is(one, other) {
      return one.page === other.page && values.print(one.values) === values.print(other.values);
    }
    function show() {
      const list = copies.read(keptKey) || [];
      copy = list[list.length - 1];
      offer.hidden = !copy;
      if (!copy) return copies.remove(keptKey);
      const body = offer.querySelector("[data-autosave-offer-list]");
      offer.querySelector("[data-autosave-offer-when]").textContent = copies.timeOf(copy);
      body.textContent = "";
      values.differing(copy.values).forEach(function (each) {
        const name = each[0], here = each[1], before = each[2], piece = offer.querySelector("template").content.cloneNode(true);
        piece.querySelector("[data-name]").textContent = values.labelOf(name);
        piece.querySelector("[data-here]").textContent = values.shown(name, here) || "–";
        piece.querySelector("[data-kept]").textContent = values.shown(name, before) || "–";
        body.append(piece);
      });
    }
    function answer(restore) {
      const list = (copies.read(keptKey) || []).filter(function (each) { return !is(each, copy); });
      if (list.length) copies.write(keptKey, list);
      else copies.remove(keptKey);
      if (restore) bringBack(copy);
      show();
      root.querySelector("[data-autosave-state]").focus();
    }
    offer.querySelector("[data-autosave-restore]").addEventListener("click", function () { answer(true); });
    offer.querySelector("[data-autosave-discard]").addEventListener("click", function () { answer(false); });

    function differs(copy) {
      return Boolean(copy) && values.differing(copy.values).length > 0;
    }
    // What another window kept is no more its own: it may be closed. What it saves itself meanwhile is not offered.
    if (!unsaved) copies.write(keptKey, (copies.read(keptKey) || []).filter(differs));
    copies.of(key).forEach(function (name) {
      const copy = copies.read(name);
      if (differs(copy)) {
        const older = (copies.read(keptKey) || []).filter(function (each) { return !is(each, copy); });
        const list = older.concat([copy]).sort(function (one, other) { return one.at - other.at; });
        if (unsaved || !copies.write(keptKey, list.slice(-MOST))) return;
      }
      copies.remove(name);
    });
    show();
  };
})();
