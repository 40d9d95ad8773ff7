// A form that is recorded once, with its button: what is typed meanwhile is kept in this browser alone, and offered when
// the form is opened again (lost log-in, closed window). Each window has its own copy. It is over when the server says
// the form is recorded: by the message that says so (draft_copies.js). How a page asks for it: docs/interface.md.
(function () {
  "use strict";
  const copies = window.draftCopies, QUIET = 400;

  function keep(root) {
    const form = root.querySelector("form.house-form"), bar = root.querySelector("[data-autosave-bar]");
    const line = bar.querySelector("[data-autosave-state]"), spoken = bar.querySelector("[data-autosave-spoken]");
    const key = root.dataset.kept, unsaved = "keptUnsaved" in root.dataset;
    const page = String(Date.now()) + String(Math.random()).slice(2), copyKey = key + "@" + page;
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
      const copy = { values: values.typed(), page: page, at: Date.now() };
      if (values.print(copy.values) === before) return true;
      before = values.print(copy.values);
      if (before === drawn && !unsaved) {
        copies.remove(copyKey);
        say("unsaved");
        return true;
      }
      const done = copies.write(copyKey, copy);
      say(done ? "here" : "nocopy", copies.timeOf(copy));
      return done;
    }
    // Sent off, and perhaps to the log-in: kept also where another window was given this one's copy meanwhile.
    function sending() {
      if (!copies.read(copyKey)) before = "";
      write();
      copies.send(key, page);
    }
    function changed(event) {
      if (!form.contains(event.target)) return;
      clearTimeout(quiet);
      quiet = setTimeout(write, QUIET);
    }
    root.addEventListener("input", changed);
    root.addEventListener("change", changed);
    form.addEventListener("submit", sending);
    window.addEventListener("pagehide", write);
    document.addEventListener("visibilitychange", function () { if (document.hidden) write(); });

    bar.hidden = false;
    say("unsaved");
    window.offerKept(root, key, values, unsaved, function (copy) {
      values.putAll(copy.values);
      write();
    });
    if (unsaved) before = "";
    const safe = write(); // what the page shows after a refusal, or what the browser filled in
    if (unsaved && safe) copies.sent(key).forEach(function (each) { copies.remove(key + "@" + each); }); // it goes on here
  }

  document.querySelectorAll("[data-kept]").forEach(keep);
})();
