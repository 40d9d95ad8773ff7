// What each line of a proposal's budget comes to, and its totals, while it is typed; the server works them out again when it is saved.
(function () {
  "use strict";

  const box = document.querySelector("[data-proposal-totals]");
  const set = document.querySelector("[data-rows='lines']");
  if (!box || !set) return;

  // Whole hundredths as BigInt, so that no satang is lost; Thai digits are digits.
  function hundredths(text) {
    const plain = String(text)
      .replace(/[๐-๙]/g, function (digit) { return String(digit.charCodeAt(0) - 0x0e50); })
      .replace(/[,\s]/g, "");
    const match = /^(\d+)(?:\.(\d{1,2})\d*)?$/.exec(plain);
    return match ? BigInt(match[1]) * 100n + BigInt((match[2] || "").padEnd(2, "0")) : null;
  }

  // Half up, as the server does.
  function divided(amount, by) {
    return (amount * 2n + by) / (by * 2n);
  }

  function shown(satang) {
    const baht = (satang / 100n).toLocaleString("en"), rest = String(satang % 100n).padStart(2, "0");
    return baht + "." + rest;
  }

  // Only what changed is written: the totals are read aloud when they change.
  function put(place, satang) {
    const text = satang === null ? "–" : shown(satang);
    if (place && place.textContent !== text) place.textContent = text;
  }

  function say(name, satang) {
    put(box.querySelector("[data-total='" + name + "']"), satang);
  }

  function total() {
    let all = 0n, own = 0n;
    set.querySelectorAll("[data-rows-body] [data-row]").forEach(function (row) {
      const field = function (name) { return row.querySelector("[name$='-" + name + "']"); };
      const gone = field("DELETE"), quantity = field("quantity"), cost = field("unit_cost");
      if (!quantity || !cost || (gone && gone.checked)) return;
      const many = hundredths(quantity.value), each = hundredths(cost.value);
      const amount = many === null || each === null ? null : divided(many * each, 100n);
      put(row.querySelector("[data-line-amount]"), amount);
      if (amount === null) return;
      all += amount;
      if (field("is_own") && field("is_own").checked) own += amount;
    });
    const asked = all - own, people = BigInt(box.dataset.people || "0");
    say("total", all);
    say("own", own);
    say("asked", asked);
    say("cost", people > 0n ? divided(asked, people) : null);
    const ceiling = hundredths(box.dataset.ceiling), over = box.querySelector("[data-over]");
    if (over && ceiling !== null) over.hidden = asked <= ceiling;
  }

  set.addEventListener("input", total);
  set.addEventListener("change", total);
  set.addEventListener("click", function () { setTimeout(total, 0); });
  total();
})();
