// What was typed and is not saved yet, kept in this browser; asked about before somebody logs out.
// A copy's key is draft:USER:RECORD:SECTION; where several windows may write the same, each has its own, KEY@WINDOW. Used by autosave.js and kept.js; the page works without them.
(function () {
  "use strict";
  const PREFIX = "draft:", DAYS = 30;
  let over = false; // the person had everything deleted and is leaving

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (error) {
      return null;
    }
  }
  // False where the browser keeps nothing (private window, no room): the person is told.
  function write(key, copy) {
    if (over) return true;
    try {
      localStorage.setItem(key, JSON.stringify(copy));
      return true;
    } catch (error) {
      return false;
    }
  }
  function remove(key) {
    try {
      localStorage.removeItem(key);
    } catch (error) {
      // nothing was kept
    }
  }
  function keys(user) {
    try {
      return Object.keys(localStorage).filter(function (key) {
        return key.startsWith(PREFIX + (user ? user + ":" : ""));
      });
    } catch (error) {
      return [];
    }
  }
  // The copies of one form, whichever window wrote them.
  function of(key) {
    return keys("").filter(function (name) { return name === key || name.startsWith(key + "@"); });
  }
  function newest(copy) {
    return Math.max(0, ...[].concat(copy || []).map(function (each) { return Number(each.at) || 0; }));
  }

  function timeOf(copy) {
    return new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "medium" });
  }

  // The server says by a message that a form is recorded: its copy is over, with what was offered there.
  document.querySelectorAll("[data-copy-over]").forEach(function (message) {
    remove(message.dataset.copyOver);
    remove(message.dataset.copyOver + "#kept");
  });
  // Copies that nobody came back for do not stay for ever.
  keys("").forEach(function (key) {
    if (newest(read(key)) < Date.now() - DAYS * 86400000) remove(key);
  });

  // Logging out on a computer that others use: what is kept is shown, and either deleted or left, as the person says.
  function askBeforeLogOut(dialog) {
    const user = dialog.dataset.draftsAsk;
    let form = null;
    document.addEventListener("submit", function (event) {
      const leaving = event.target.getAttribute("action") === dialog.dataset.logOut;
      if (!leaving || event.target === form || !keys(user).length || !dialog.showModal) return;
      event.preventDefault();
      event.stopPropagation();
      form = event.target;
      dialog.showModal();
    }, true);
    dialog.addEventListener("close", function () {
      const answer = dialog.returnValue, leaving = form;
      over = answer === "clear";
      if (over) keys(user).forEach(remove);
      if (answer === "clear" || answer === "keep") leaving.requestSubmit();
      else form = null;
      dialog.returnValue = "";
    });
  }
  document.querySelectorAll("dialog[data-drafts-ask]").forEach(askBeforeLogOut);

  window.draftCopies = { read: read, write: write, remove: remove, of: of, timeOf: timeOf, isOver: function () { return over; } };
})();
