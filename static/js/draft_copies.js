// What was typed and is not saved yet, kept in this browser; asked about before somebody logs out.
// A copy's key is draft:USER:RECORD:SECTION@WINDOW, as several windows may write the same. Used by autosave.js and kept.js; the page works without them.
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
  // The copies that this tab sent under a key and that were not said to be recorded yet; each window loads a page once.
  function sent(key) {
    try {
      return JSON.parse(sessionStorage.getItem("sent:" + key)) || [];
    } catch (error) {
      return [];
    }
  }
  function send(key, page) {
    try {
      sessionStorage.setItem("sent:" + key, JSON.stringify(sent(key).filter(function (each) { return each !== page; }).concat([page])));
    } catch (error) {
      // the copy stays, and is offered once more
    }
  }
  // What this tab sent is on record: its copies are over, wherever they were put. Those of other windows are not.
  function end(key) {
    const pages = sent(key), left = [].concat(read(key + "#kept") || []).filter(function (copy) { return copy.page && !pages.includes(copy.page); });
    [key].concat(pages.map(function (page) { return key + "@" + page; })).forEach(remove);
    if (!left.length || !write(key + "#kept", left)) remove(key + "#kept");
    try {
      sessionStorage.removeItem("sent:" + key);
    } catch (error) {
      // nothing was noted
    }
  }
  function newest(copy) {
    return Math.max(0, ...[].concat(copy || []).map(function (each) { return Number(each.at) || 0; }));
  }

  function timeOf(copy) {
    return new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "medium" });
  }

  // The server says by a message that a form is recorded.
  document.querySelectorAll("[data-copy-over]").forEach(function (message) { end(message.dataset.copyOver); });
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

  window.draftCopies = { read: read, write: write, remove: remove, of: of, sent: sent, send: send, timeOf: timeOf, isOver: function () { return over; } };
})();
