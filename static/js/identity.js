// Log-in pages: show a password while typing it, and the browser's part of passkeys. All of them work without, but for passkeys.
(function () {
  "use strict";

  // A tick box that shows what is typed in the form's password fields.
  function reveal(box) {
    const fields = Array.from(box.form.querySelectorAll("input[type='password']"));
    if (!fields.length) return;
    box.closest("[data-reveal]").hidden = false;
    box.addEventListener("change", function () {
      fields.forEach(function (field) {
        field.type = box.checked ? "text" : "password";
      });
    });
    // Browsers keep passwords only of password fields.
    box.form.addEventListener("submit", function () {
      fields.forEach(function (field) {
        field.type = "password";
      });
    });
  }

  // What to do when the browser could not use or make a passkey: say so, beside the button.
  function complain() {
    document.querySelectorAll("[data-passkey-failed]").forEach(function (place) {
      place.hidden = false;
      place.focus();
    });
  }

  // allauth's script does the work; here it is told which button and which field.
  function passkey(holder) {
    const forms = window.allauth && window.allauth.webauthn && window.allauth.webauthn.forms;
    const able = window.webauthnJSON && window.webauthnJSON.supported();
    holder.querySelectorAll("[data-passkey-unable]").forEach(function (place) {
      place.hidden = Boolean(able);
    });
    holder.querySelectorAll("[data-passkey-able]").forEach(function (place) {
      place.hidden = !able;
    });
    if (!forms || !able) return;
    forms[holder.dataset.passkey + "Form"]({ ids: JSON.parse(holder.dataset.ids) });
  }

  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    complain();
  });
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-reveal] input").forEach(reveal);
    document.querySelectorAll("[data-passkey]").forEach(passkey);
  });

  // Codes to keep: printing is one press.
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) window.print();
  });
})();
