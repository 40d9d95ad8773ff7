// Forms that save themselves: within three seconds of the last key, without taking the focus, and never over somebody
// else's text. What is not saved yet is kept in the browser (draft_copies.js). How a page asks for it: docs/interface.md.
(function () {
  "use strict";
  const QUIET = 1500, AT_MOST = 8000, BEAT = 20000, PATIENCE = 20000, RETRY = [2000, 4000, 8000, 15000, 30000, 60000];
  const copies = window.draftCopies;

  function autosave(root) {
    const form = root.querySelector("form.house-form"), data = root.dataset;
    const bar = root.querySelector("[data-autosave-bar]"), words = bar.dataset;
    const line = bar.querySelector("[data-autosave-state]"), spoken = bar.querySelector("[data-autosave-spoken]");
    const others = bar.querySelector("[data-autosave-others]"), again = bar.querySelector("[data-autosave-log-in]");
    const wrongOnes = bar.querySelector("[data-autosave-wrong]"), toClash = bar.querySelector("[data-autosave-to-clash]");
    const clashes = root.querySelector("[data-autosave-clash]"), key = data.autosaveCopy;
    let saved = "", quiet = 0, since = 0, tries = 0, retry = 0, flight = null, clash = null, stopped = "";
    let own = false; // this script is filling in fields
    let page = String(Date.now()) + String(Math.random()).slice(2); // under which the server knows an answer that got lost
    const copyKey = key + "@" + page; // two windows of one person keep what each of them has not saved
    const values = window.formValues(form, words, bar.querySelector("[data-autosave-error]"), bar.querySelector("[data-autosave-warning]"));
    const typed = values.typed, print = values.print, put = values.put, putRows = values.putRows;

    function hidden(name) {
      return form.elements[name];
    }
    function drawn() {
      try {
        return JSON.parse(hidden("drawn").value || "{}");
      } catch (error) {
        return {};
      }
    }

    // --- what the person is told

    function say(state, more) {
      const changed = bar.dataset.state !== state;
      bar.dataset.state = state;
      line.textContent = (more || words[state] || "").replace("{time}", data.autosaveTime || "");
      again.hidden = state !== "login";
      wrongOnes.hidden = state !== "partly" || !firstWrong();
      toClash.hidden = state !== "clash";
      // Read aloud only what one has to know: not every saving.
      if (changed && /^(offline|trouble|login|stranger|closed|refused|clash|partly)$/.test(state)) spoken.textContent = line.textContent;
      else if (changed && state === "saved") spoken.textContent = "";
    }
    function firstWrong() {
      const holder = Array.from(form.querySelectorAll(".field-wrong")).find(function (each) { return each.offsetParent; });
      return holder && holder.querySelector("input:not([type=hidden]), select, textarea");
    }
    function sayOthers(names) {
      const text = names && names.length ? words.others.replace("{names}", names.join(", ")) : "";
      if (others.textContent !== text) others.textContent = text;
      others.hidden = !text;
    }
    function dirty() {
      return print(typed()) !== saved;
    }
    function keep() {
      const copy = { version: hidden("part_version").value, drawn: hidden("drawn").value, values: typed(), places: values.places, page: page, at: Date.now() };
      if (!copies.write(copyKey, copy)) say("nocopy");
    }

    // --- saving

    function body() {
      const sent = new FormData(form);
      Array.from(form.elements).forEach(function (field) { if (field.type === "file") sent.delete(field.name); });
      sent.set("places", JSON.stringify(values.places));
      sent.set("writer", data.autosaveWriter);
      sent.set("page", page);
      return sent;
    }
    // What fits is sent to its end even when the page is closed meanwhile.
    function sending() {
      return { method: "POST", body: body(), keepalive: print(typed()).length * 3 < 60000 };
    }
    function call(url, options) {
      const give = new AbortController(), timer = setTimeout(function () { give.abort(); }, PATIENCE);
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      return fetch(url, Object.assign({ credentials: "same-origin", redirect: "manual", signal: give.signal,
        headers: { Accept: "application/json", "X-CSRFToken": token } }, options)).finally(function () { clearTimeout(timer); });
    }
    async function answerOf(response) {
      if (response.type === "opaqueredirect" || response.status === 401) return { state: "login" };
      try {
        return await response.json();
      } catch (error) {
        return { state: response.status === 403 ? "token" : response.status === 404 ? "stranger" : "trouble" };
      }
    }
    // After a log-in elsewhere the page's token is another one, in every form that is on it.
    async function renewToken() {
      const answer = await answerOf(await call(data.autosaveUrl, { method: "GET" }));
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (field) {
        if (answer.csrf) field.value = answer.csrf;
      });
      return answer;
    }
    // Resolves to the state it ended in. One saving at a time.
    async function save() {
      clearTimeout(quiet);
      clearTimeout(retry);
      if (clash || stopped) return clash ? "clash" : stopped;
      if (copies.isOver()) return "deleted";
      if (flight) {
        const before = await flight;
        return dirty() ? save() : before;
      }
      flight = send();
      const state = await flight;
      flight = null;
      if (state === "saved" && dirty()) schedule();
      return state;
    }
    async function send() {
      since = 0;
      say("saving");
      const sent = print(typed());
      let answer;
      try {
        answer = await answerOf(await call(data.autosaveUrl, sending()));
        if (answer.state === "token") {
          answer = await renewToken();
          if (answer.csrf) answer = await answerOf(await call(data.autosaveUrl, sending()));
        }
      } catch (error) {
        answer = { state: "offline" };
      }
      return take(answer, sent);
    }
    function take(answer, sent) {
      if (answer.state === "saved") return stored(answer, sent);
      keep();
      if (answer.state === "clash") {
        openClash(answer);
      } else if (answer.state === "closed" || answer.state === "refused") {
        stopped = answer.state;
      } else if (!/^(login|stranger)$/.test(answer.state)) {
        retry = setTimeout(save, RETRY[Math.min(tries, RETRY.length - 1)]);
        tries += 1;
      }
      const more = answer.message && /^(closed|refused)$/.test(answer.state) ? answer.message + " " + words.kept : answer.message;
      say(answer.state in words || answer.message ? answer.state : "trouble", more);
      return answer.state;
    }
    function stored(answer, sent) {
      tries = 0;
      const still = print(typed()) === sent;
      values.places = Object.assign(values.places, answer.places);
      if (still) fill(function () { takeOver(answer.taken); });
      else waitWith(answer);
      hidden("part_version").value = answer.version;
      hidden("drawn").value = JSON.stringify(answer.drawn);
      saved = still ? print(typed()) : sent;
      data.autosaveTime = answer.time || data.autosaveTime;
      values.showErrors(answer.errors);
      values.showWarnings(answer.warnings);
      sayOthers(answer.others);
      const wrong = Object.keys(answer.errors).length > 0 || answer.general.length > 0;
      if (dirty() || wrong) keep();
      else copies.remove(copyKey);
      const general = answer.general.join(" ");
      // Nothing may be on record yet: then the time is not said.
      const partly = (data.autosaveTime ? words.partly : words.unsaved) + (general && " " + general);
      say(wrong ? "partly" : answer.time ? "saved" : "unsaved", wrong ? partly : "");
      const beside = root.querySelector("[data-beside]");
      if (beside && "beside" in answer) beside.innerHTML = answer.beside;
      return "saved";
    }
    function takeOver(taken) {
      Object.keys(taken.fields).forEach(function (name) { put(name, [].concat(taken.fields[name])); });
      Object.keys(taken.rows).forEach(function (prefix) {
        if (!values.fillRows(prefix, taken.rows[prefix])) putRows(prefix, taken.rows[prefix]);
      });
    }
    // Somebody is typing: what others changed comes with the next answer.
    function waitWith(answer) {
      Object.assign(answer.drawn, answer.taken.drawn);
    }
    function fill(act) {
      own = true;
      act();
      own = false;
    }
    function schedule() {
      since = since || Date.now();
      clearTimeout(quiet);
      quiet = setTimeout(save, Math.max(0, Math.min(QUIET, since + AT_MOST - Date.now())));
    }
    function changed() {
      if (own || !dirty()) return;
      keep();
      if (clash || stopped || /^(login|stranger)$/.test(bar.dataset.state)) return;
      if (!/^(offline|trouble)$/.test(bar.dataset.state)) {
        say("dirty");
        schedule();
      }
    }

    // --- both changed the same

    function oneSide(place, difference, without) {
      difference.forEach(function (bit) {
        if (bit[0] === without) return;
        const node = document.createElement(bit[0] === "same" ? "span" : "mark");
        node.textContent = bit[1];
        place.append(node);
      });
      if (!place.textContent) place.textContent = "–";
    }
    function openClash(answer) {
      clash = answer;
      const list = clashes.querySelector("[data-autosave-clash-list]"), blank = clashes.querySelector("template");
      clashes.querySelector("[data-autosave-clash-who]").textContent = answer.who;
      list.textContent = "";
      answer.fields.forEach(function (each, number) {
        const piece = blank.content.cloneNode(true);
        piece.querySelector("legend").textContent = each.label;
        oneSide(piece.querySelector("[data-mine]"), each.difference, "added");
        oneSide(piece.querySelector("[data-theirs]"), each.difference, "removed");
        piece.querySelectorAll("input").forEach(function (choice) {
          const id = "clash_" + number + "_" + choice.value;
          choice.name = "clash_" + number;
          choice.id = id;
          choice.closest(".form-check").querySelector("label").htmlFor = id;
        });
        list.append(piece);
      });
      clashes.hidden = false;
    }
    function settle() {
      const answer = clash, digests = drawn();
      const choices = answer.fields.map(function (_each, number) {
        const chosen = clashes.querySelector("[name=clash_" + number + "]:checked");
        return chosen && chosen.value;
      });
      const open = choices.indexOf(null);
      if (open >= 0) {
        clashes.querySelector("[name=clash_" + open + "]").focus();
        clashes.querySelector("[data-autosave-clash-choose]").hidden = false;
        return;
      }
      answer.fields.forEach(function (each, number) {
        digests[each.name] = each.digest;
        if (choices[number] !== "theirs") {
          if (each.rows) values.places[each.prefix] = {}; // rows that wait to be mended have no place in what others left
          return;
        }
        fill(function () {
          if (each.rows) putRows(each.prefix, each.rows);
          else put(each.name, [].concat(each.value));
        });
      });
      hidden("drawn").value = JSON.stringify(digests);
      hidden("part_version").value = answer.version;
      clash = null;
      clashes.hidden = true;
      clashes.querySelector("[data-autosave-clash-choose]").hidden = true;
      keep();
      save();
    }

    // --- what this browser kept from before

    function bringBack(copy) {
      hidden("part_version").value = copy.version;
      hidden("drawn").value = copy.drawn;
      values.places = copy.places || values.places;
      page = copy.page || page;
      fill(function () { values.putAll(copy.values); });
      keep();
      save();
    }

    // --- together

    async function beat() {
      if (document.hidden || stopped || !data.autosavePresence) return;
      let answer;
      try {
        const sent = new FormData();
        sent.set("writer", data.autosaveWriter);
        answer = await answerOf(await call(data.autosavePresence, { method: "POST", body: sent }));
      } catch (error) {
        return;
      }
      if (answer.state === "token") await renewToken().catch(function () {});
      if (answer.state === "login" && bar.dataset.state !== "login") say("login");
      if (answer.state !== "here") return;
      sayOthers(answer.others);
      if (bar.dataset.state === "login" && answer.state === "here") save();
      else if (answer.version > Number(hidden("part_version").value) && !flight && !dirty() && !clash) save();
    }
    function comeBack() {
      if (document.hidden || clash || stopped) return;
      tries = 0;
      if (/^(login|stranger|offline|trouble)$/.test(bar.dataset.state) || dirty()) save();
      else beat();
    }
    function lastWords() {
      if (!dirty() || clash || stopped || flight || copies.isOver()) return;
      keep();
      call(data.autosaveUrl, Object.assign(sending(), { signal: undefined })).catch(function () {});
    }

    root.addEventListener("input", function (event) { if (form.contains(event.target)) changed(); });
    root.addEventListener("change", function (event) { if (form.contains(event.target)) changed(); });
    form.addEventListener("click", function (event) { if (event.target.closest("[data-row-remove]")) setTimeout(changed, 0); });
    // The whole form goes off only once its text is safe: without connection or log-in the person stays with the text.
    root.addEventListener("submit", function (event) {
      if (event.target !== form || form.dataset.safe) return;
      event.preventDefault();
      event.stopPropagation();
      const button = event.submitter;
      save().then(function (state) {
        if (state !== "saved" && state !== "partly") return bar.scrollIntoView({ block: "nearest" });
        form.dataset.safe = "1";
        saved = print(typed());
        form.requestSubmit(button);
      });
    }, true);
    window.addEventListener("online", comeBack);
    window.addEventListener("focus", comeBack);
    document.addEventListener("visibilitychange", function () {
      if (!document.hidden) comeBack();
      else if (dirty() && !/^(login|stranger|offline)$/.test(bar.dataset.state)) save();
    });
    window.addEventListener("pagehide", lastWords);
    window.addEventListener("pageshow", function (event) {
      delete form.dataset.safe;
      if (event.persisted) save();
    });
    clashes.querySelector("[data-autosave-settle]").addEventListener("click", settle);
    // The panel may stand far above the field: one goes there oneself, as nobody's typing is to be cut off.
    toClash.querySelector("button").addEventListener("click", function () {
      const title = clashes.querySelector("h2");
      title.focus({ preventScroll: true });
      title.scrollIntoView({ block: "start" });
    });
    wrongOnes.querySelector("button").addEventListener("click", function () {
      const field = firstWrong();
      if (field) field.focus({ preventScroll: true });
      if (field) field.scrollIntoView({ block: "center" });
    });

    // --- begin

    const unsaved = "autosaveUnsaved" in data;
    saved = unsaved ? "" : print(typed(true));
    bar.hidden = false;
    window.offerKept(root, key, values, unsaved, bringBack);
    say(data.autosaveTime ? "saved" : "unsaved");
    if (dirty()) changed();
    beat();
    setInterval(beat, BEAT);
  }

  document.querySelectorAll("[data-autosave]").forEach(autosave);
})();
