// A button that copies the text shown beside it; without this script the text is there to be marked by hand.
(function () {
  "use strict";
  const button = document.querySelector("[data-copy]");
  const text = document.querySelector("[data-copy-text]");
  const said = document.querySelector("[data-copied]");
  if (!button || !text || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", function () {
    navigator.clipboard.writeText(text.textContent.trim()).then(function () {
      said.textContent = said.dataset.copied;
    }).catch(function () {
      getSelection().selectAllChildren(text);
      said.textContent = said.dataset.failed;
    });
  });
})();
