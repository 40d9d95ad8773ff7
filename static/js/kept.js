// A form that is recorded once, with its button: what is typed meanwhile is kept in this browser alone, and offered when
// the form is opened again (lost log-in, closed window). It is over when the server says the form is recorded: the
// message that says so names the copy (draft_copies.js). How a page asks for it: docs/interface.md.
(function () {
  "use strict";
  const copies = window.draftCopies, QUIET = 400;

  function keep(root) {
    const form = root.querySelector("form.house-form"), bar = root.querySelector("[data-autosave-bar]");
    const line = bar.querySelector("[data-autosave-state]"), spoken = bar.querySelector("[data-autosave-spoken]");
    const key = root.dataset.kept, unsaved = "keptUnsaved" in root.dataset;
    const values = window.formValues(form, bar.dataset);
    const drawn = values.print(values.typed(true));
    let before = drawn, quiet = 0;

    function say(state, time) {
      const changed = bar.dataset.state !== state;
      bar.dataset.state = state;
      line.textContent = bar.dataset[state].replace("{time}", time || "");
      if (changed && state === "nocopy") spoken.textContent = line.textContent;
    }
    function write() {
      clearTimeout(quiet);
      const copy = { values: values.typed(), at: Date.now() };
      if (values.print(copy.values) === before) return;
      before = values.print(copy.values);
      if (before === drawn && !unsaved) {
        copies.remove(key);
        return say("unsaved");
      }
      say(copies.write(key, copy) ? "here" : "nocopy", copies.timeOf(copy));
    }
    function changed(event) {
      if (!form.contains(event.target)) return;
      clearTimeout(quiet);
      quiet = setTimeout(write, QUIET);
    }
    root.addEventListener("input", changed);
    root.addEventListener("change", changed);
    form.addEventListener("submit", write);
    window.addEventListener("pagehide", write);
    document.addEventListener("visibilitychange", function () { if (document.hidden) write(); });

    bar.hidden = false;
    say("unsaved");
    window.offerKept(root, key, values, unsaved, function (copy) {
      values.putAll(copy.values);
      write();
    });
    if (unsaved) before = "";
    write(); // what the page shows after a refusal, or what the browser filled in
  }

  document.querySelectorAll("[data-kept]").forEach(keep);
})();
