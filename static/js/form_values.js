// What a form with rows holds, as pairs of name and text, and putting it back; errors beside their fields.
// Used by autosave.js and kept.js (which shows neither errors nor warnings). `words` are the bar's: row ("Row {row}:").
(function () {
  "use strict";
  const NOT_TYPED = /^(csrfmiddlewaretoken|version|key|part_version|drawn)$/;

  window.formValues = function (form, words, errorBlank, warningBlank) {
    let errors = {}, places = {};
    form.querySelectorAll(".field-wrong [name]").forEach(function (field) { errors[field.name] = []; });

    function typed(first) {
      const found = [];
      Array.from(form.elements).forEach(function (field) {
        if (!field.name || NOT_TYPED.test(field.name) || field.disabled || field.type === "file") return;
        if (/^(checkbox|radio)$/.test(field.type)) {
          if (first ? field.defaultChecked : field.checked) found.push([field.name, field.value]);
        } else if (field.type === "select-one" || field.type === "select-multiple") {
          const options = Array.from(field.options);
          const drawn = options.filter(function (option) { return option.defaultSelected; });
          if (first && !drawn.length && field.type === "select-one") drawn.push(options[0]);
          (first ? drawn : Array.from(field.selectedOptions)).forEach(function (option) {
            if (option) found.push([field.name, option.value]);
          });
        } else if (!/^(submit|button|reset)$/.test(field.type)) {
          found.push([field.name, first && field.type !== "hidden" ? field.defaultValue : field.value]);
        }
      });
      return found;
    }
    function print(values) {
      return JSON.stringify(values.map(function (pair) {
        return [pair[0], String(pair[1]).replace(/\r\n/g, "\n").normalize("NFC").trim()];
      }));
    }
    // Whether the name is of a row that came after `kept` (name → text) was kept: such a row stays as it is.
    function cameLater(name, kept) {
      const row = name.match(/^(.+)-(\d+)-/), total = row && kept.get(row[1] + "-TOTAL_FORMS");
      return Boolean(total) && Number(row[2]) >= Number(total);
    }
    // [name, here, there] of everything that is not the same as in `others`; how many rows are drawn does not matter.
    function differing(others) {
      const here = new Map(typed()), there = new Map(others);
      return Array.from(new Set([...here.keys(), ...there.keys()])).map(function (name) {
        return [name, here.get(name) || "", there.get(name) || ""];
      }).filter(function (each) {
        return each[1].trim() !== each[2].replace(/\r\n/g, "\n").trim() && !/_FORMS$/.test(each[0]) && !cameLater(each[0], there);
      });
    }
    function sets() {
      return Array.from(form.querySelectorAll("[data-rows]"));
    }
    function counter(set, what) {
      return set.querySelector("[name='" + set.dataset.rows + "-" + what + "_FORMS']");
    }
    function firstPlaces() {
      const found = {};
      sets().forEach(function (set) {
        found[set.dataset.rows] = {};
        for (let row = 0; row < Number(counter(set, "INITIAL").value); row += 1) found[set.dataset.rows][row] = row;
      });
      return found;
    }
    function fieldsNamed(name) {
      return Array.from(form.querySelectorAll("[name='" + CSS.escape(name) + "']"));
    }
    function put(name, values) {
      fieldsNamed(name).forEach(function (field) {
        if (/^(checkbox|radio)$/.test(field.type)) field.checked = values.includes(field.value);
        else if (field.type === "select-multiple") {
          Array.from(field.options).forEach(function (option) { option.selected = values.includes(option.value); });
        } else if (field.type !== "file") field.value = values.length ? values[0] : "";
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    function addRow(set) {
      set.dispatchEvent(new CustomEvent("rows:add"));
    }
    function putAll(values) {
      const byName = new Map();
      values.forEach(function (pair) { byName.set(pair[0], (byName.get(pair[0]) || []).concat([pair[1]])); });
      const kept = new Map(values);
      sets().forEach(function (set) {
        const wanted = Number((byName.get(set.dataset.rows + "-TOTAL_FORMS") || [0])[0]);
        for (let more = wanted - Number(counter(set, "TOTAL").value); more > 0; more -= 1) addRow(set);
      });
      new Set(typed().map(function (pair) { return pair[0]; }).concat(Array.from(byName.keys()))).forEach(function (name) {
        if (!/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(name) && !cameLater(name, kept)) put(name, byName.get(name) || []);
      });
      form.querySelectorAll("[type=checkbox]").forEach(function (box) {
        if (!cameLater(box.name, kept)) put(box.name, byName.get(box.name) || []);
      });
      sets().forEach(function (set) {
        set.querySelectorAll("[data-row]").forEach(function (row) {
          const mark = row.querySelector("input[name$='-DELETE']");
          row.hidden = Boolean(mark && mark.checked);
        });
        set.dispatchEvent(new CustomEvent("rows:renumber"));
      });
    }
    // What others changed in rows that all stand here goes into their fields: whoever writes in one of them keeps the place.
    function fillRows(prefix, rows) {
      const here = Object.entries(places[prefix] || {}), now = typed();
      if (here.length !== rows.length || new Set(here.map(function (each) { return each[1]; })).size !== rows.length) return false;
      here.forEach(function (each) {
        Object.keys(rows[each[1]]).forEach(function (name) {
          const full = prefix + "-" + each[0] + "-" + name, values = [].concat(rows[each[1]][name]);
          const shown = now.filter(function (pair) { return pair[0] === full; }).map(function (pair) { return pair[1]; });
          if (shown.join("\n") !== values.join("\n")) put(full, values);
        });
      });
      return true;
    }
    // All rows of one kind, as somebody else left them.
    function putRows(prefix, rows) {
      const set = form.querySelector("[data-rows='" + prefix + "']");
      set.querySelectorAll("[data-rows-body] [data-row]").forEach(function (row) { row.remove(); });
      counter(set, "TOTAL").value = counter(set, "INITIAL").value = "0";
      places[prefix] = {};
      rows.concat([{}]).forEach(function (row, index) {
        addRow(set);
        Object.keys(row).forEach(function (name) { put(prefix + "-" + index + "-" + name, [].concat(row[name])); });
        if (index < rows.length) places[prefix][index] = index;
      });
      set.dispatchEvent(new CustomEvent("rows:renumber"));
    }
    function labelOf(name) {
      let field = fieldsNamed(name)[0], number = name.match(/^(.+)-(\d+)-(.+)$/);
      if (!field && number) {
        const set = form.querySelector("[data-rows='" + number[1] + "'] [data-rows-blank]");
        field = set && set.content.querySelector("[name='" + number[1] + "-__prefix__-" + number[3] + "']");
      }
      const group = field && field.type === "radio" && field.closest("fieldset"); // its own label is that of one choice
      const label = group ? group.querySelector("legend") : field && (field.labels && field.labels[0] || field.closest(".field") && field.closest(".field").querySelector("label, legend"));
      const text = label ? label.firstChild.textContent.trim() : name;
      return number ? words.row.replace("{row}", String(Number(number[2]) + 1)) + " " + text : text;
    }
    function shown(name, value) {
      const field = fieldsNamed(name)[0];
      if (field && field.options) {
        const option = Array.from(field.options).find(function (each) { return each.value === value; });
        return option ? option.textContent : value;
      }
      if (field && field.type === "radio") {
        const choice = fieldsNamed(name).find(function (each) { return each.value === value; });
        return choice && choice.labels[0] ? choice.labels[0].textContent.trim() : value;
      }
      return field && field.type === "checkbox" ? "✓" : value;
    }

    // --- errors beside their fields

    function showErrors(found) {
      Object.keys(errors).forEach(function (name) { if (!found[name]) clearError(name); });
      Object.keys(found).forEach(function (name) { showError(name, found[name]); });
      errors = found;
    }
    function clearError(name) {
      const field = fieldsNamed(name)[0], holder = field && field.closest(".field");
      if (!holder) return;
      holder.classList.remove("field-wrong");
      holder.querySelectorAll("[id$='_error']").forEach(function (each) { each.remove(); });
      field.classList.remove("is-invalid");
      field.removeAttribute("aria-invalid");
      describe(field, field.id + "_error", false);
    }
    function showError(name, texts) {
      clearError(name);
      const field = fieldsNamed(name)[0], holder = field && field.closest(".field");
      if (!holder) return;
      const box = document.createElement("div");
      box.id = field.id + "_error";
      texts.forEach(function (text) {
        const piece = errorBlank.content.cloneNode(true);
        piece.querySelector("[data-text]").textContent = text;
        box.append(piece);
      });
      const before = holder.querySelector(".field-with-unit, [data-errors-before]") || field;
      before.parentNode.insertBefore(box, before);
      holder.classList.add("field-wrong");
      field.classList.add("is-invalid");
      field.setAttribute("aria-invalid", "true");
      describe(field, box.id, true);
    }
    // What stops no saving stands with the field's help.
    function showWarnings(found) {
      form.querySelectorAll("[data-warning]").forEach(function (each) { each.remove(); });
      Object.keys(found).forEach(function (name) {
        const field = fieldsNamed(name)[0], help = field && document.getElementById(field.id + "_helptext");
        if (!help) return;
        const piece = warningBlank.content.cloneNode(true);
        piece.querySelector("[data-text]").textContent = found[name];
        help.append(piece);
      });
    }
    function describe(field, id, on) {
      const ids = (field.getAttribute("aria-describedby") || "").split(" ").filter(function (each) { return each && each !== id; });
      if (on) ids.push(id);
      if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
      else field.removeAttribute("aria-describedby");
    }

    places = firstPlaces();
    return {
      typed: typed,
      print: print,
      put: put,
      putAll: putAll,
      putRows: putRows,
      fillRows: fillRows,
      labelOf: labelOf,
      shown: shown,
      showErrors: showErrors,
      showWarnings: showWarnings,
      differing: differing,
      get places() { return places; },
      set places(found) { places = found; },
    };
  };
})();
