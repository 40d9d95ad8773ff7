// A file chosen for a form stays in this browser until the next page of this tab: where that is the form again, because
// another field was refused ([data-file-again]), the file is chosen again by itself. Without this script the page asks for it.
(function () {
  "use strict";
  const LONGEST = 60 * 60 * 1000, STORE = "files";
  let tab;
  try {
    tab = sessionStorage.getItem("tab") || String(Math.random()).slice(2);
    sessionStorage.setItem("tab", tab);
  } catch (refused) {
    return;
  }

  // `work` gets the store; browsers that keep nothing leave it undone.
  function inStore(work) {
    let opening;
    try {
      opening = indexedDB.open("chosen-files", 1);
    } catch (refused) {
      return;
    }
    opening.onupgradeneeded = function () { opening.result.createObjectStore(STORE, { keyPath: ["tab", "field"] }); };
    opening.onsuccess = function () {
      const base = opening.result, transaction = base.transaction(STORE, "readwrite");
      transaction.oncomplete = transaction.onabort = function () { base.close(); };
      work(transaction.objectStore(STORE));
    };
  }

  function chooseAgain(place, file) {
    const field = document.getElementById(place.dataset.fileAgain), chosen = new DataTransfer();
    if (!field || field.files.length || file.name !== place.dataset.name) return;
    chosen.items.add(file);
    field.files = chosen.files;
    place.classList.replace("field-warning", "field-kept");
    place.querySelector("[data-text]").textContent = place.dataset.kept;
  }

  const places = document.querySelectorAll("[data-file-again]");
  inStore(function (store) {
    store.openCursor().onsuccess = function (event) {
      const cursor = event.target.result;
      if (!cursor) return;
      const one = cursor.value, mine = one.tab === tab;
      const place = mine && Array.from(places).find(function (each) { return each.dataset.fileAgain === one.field; });
      if (place) chooseAgain(place, one.file);
      else if (mine || Date.now() - one.at > LONGEST) cursor.delete();
      cursor.continue();
    };
  });

  document.addEventListener("change", function (event) {
    const field = event.target;
    if (field.type !== "file" || !field.id) return;
    const file = field.files[0];
    inStore(function (store) {
      if (file) store.put({ tab: tab, field: field.id, file: file, at: Date.now() });
      else store.delete([tab, field.id]);
    });
  });
})();
