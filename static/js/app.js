// Small helpers; every page works without them.
(function () {
  "use strict";

  // The menu on a phone: closed behind a button only where this script runs.
  function menu(root) {
    const button = root.querySelector("[data-menu-button]");
    if (!button || !root.querySelector("a")) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      const open = root.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    });
  }

  // Pop-up lists close on Escape and on a click elsewhere.
  function pop(details) {
    document.addEventListener("click", function (event) {
      if (details.open && !details.contains(event.target)) details.open = false;
    });
    details.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && details.open) {
        details.open = false;
        details.querySelector("summary").focus();
      }
    });
  }

  // A form that changes something is sent once; the server's key guards against the rest.
  function once(form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "1";
      form.setAttribute("aria-busy", "true");
    });
  }
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("[data-once]").forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
  });

  // Rows of a formset: a blank row is cloned; a removed row is marked DELETE and hidden, so that numbers stay right.
  function rows(set) {
    const body = set.querySelector("[data-rows-body]");
    const blank = set.querySelector("[data-rows-blank]");
    const add = set.querySelector("[data-rows-add]");
    const total = set.querySelector("[name='" + set.dataset.rows + "-TOTAL_FORMS']");
    const limit = set.querySelector("[name='" + set.dataset.rows + "-MAX_NUM_FORMS']");
    if (!body || !blank || !add || !total) return;

    function renumber() {
      let number = 0;
      body.querySelectorAll("[data-row]").forEach(function (row) {
        if (!row.hidden) row.querySelector("[data-row-number]").textContent = String((number += 1));
      });
      add.hidden = Boolean(limit && Number(total.value) >= Number(limit.value));
    }
    function prepare(row) {
      const remove = row.querySelector("[data-row-remove]");
      const mark = row.querySelector("input[name$='-DELETE']");
      if (!remove || !mark) return;
      const holder = mark.closest(".field") || mark;
      holder.hidden = true;
      remove.hidden = false;
      remove.addEventListener("click", function () {
        mark.checked = true;
        row.hidden = true;
        renumber();
        add.focus();
      });
    }
    body.querySelectorAll("[data-row]").forEach(prepare);
    add.hidden = false;
    function addRow() {
      const index = total.value;
      const holder = document.createElement("div");
      holder.innerHTML = blank.innerHTML.replace(/__prefix__/g, index);
      const row = holder.querySelector("[data-row]");
      body.appendChild(row);
      total.value = String(Number(index) + 1);
      prepare(row);
      counters(row);
      renumber();
      return row;
    }
    add.addEventListener("click", function () {
      const first = addRow().querySelector("input:not([type=hidden]), select, textarea");
      if (first) first.focus();
    });
    // Other scripts put back rows that were typed before; the focus stays where it is.
    set.addEventListener("rows:add", addRow);
    set.addEventListener("rows:renumber", renumber);
    renumber();
  }

  // A folded part of the page opens when a link leads to it or into it, and for printing.
  function unfold() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("[data-fold]");
    if (!fold || fold.open) return;
    fold.open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", unfold);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("[data-fold]").forEach(function (fold) {
      fold.open = true;
    });
  });
  // A second click on the same link changes no hash.
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("a[href*='#']")) setTimeout(unfold, 0);
  });

  // How many characters are left, for fields that say their limit.
  function counters(root) {
    root.querySelectorAll("[data-count]").forEach(function (field) {
      const output = document.getElementById(field.id + "_count");
      if (!output) return;
      const show = function () {
        const used = Array.from(field.value).length, limit = Number(field.dataset.count);
        output.textContent = used.toLocaleString("en") + " / " + limit.toLocaleString("en");
        output.classList.toggle("field-count-over", used > limit);
      };
      field.addEventListener("input", show);
      show();
    });
  }

  function start(root) {
    root.querySelectorAll("[data-menu]").forEach(menu);
    root.querySelectorAll("[data-pop]").forEach(pop);
    root.querySelectorAll("[data-once]").forEach(once);
    root.querySelectorAll("[data-rows]").forEach(rows);
    counters(root);
    const errors = root.querySelector("[data-focus]");
    if (errors) errors.focus();
  }

  start(document);
  unfold();
  document.addEventListener("htmx:load", function (event) {
    if (event.target !== document.body) start(event.target);
  });
})();
