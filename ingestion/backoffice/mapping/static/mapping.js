// The mapping screen: every change is tried on the server, and the grid and the result show what it gives.
"use strict";

const form = document.getElementById("mapping");
const result = document.getElementById("map-result");
const settings = JSON.parse(document.getElementById("mapping-settings").textContent);
settings.column_mapping ??= {};
const PAUSE = 350;
let timer, sheetTimer, asked, columns = {}, changed = false;

const same = (one, other) => one.trim().toLowerCase() === other.trim().toLowerCase();
const currentSheet = () => document.querySelector(".map-grid")?.dataset.sheet ?? "";
const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;

function given() {
    const chosen = {...settings};
    for (const name of Object.keys(chosen)) {
        const value = chosen[name];
        if (value === "" || value === null || (typeof value === "object" && !Object.keys(value).length)) delete chosen[name];
    }
    return chosen;
}

async function tryNow() {
    asked?.abort();
    asked = new AbortController();
    result.setAttribute("aria-busy", "true");
    const options = {signal: asked.signal, headers: {"Content-Type": "application/json", "X-CSRFToken": token()}};
    if (changed) Object.assign(options, {method: "POST", body: JSON.stringify(given())});
    try {
        const answer = await fetch(`${form.dataset.try}?sheet=${encodeURIComponent(currentSheet())}`, options);
        if (!answer.ok) throw new Error(answer.statusText);
        const facts = await answer.json();
        if (facts.preparing) {
            result.innerHTML = facts.result;
            timer = setTimeout(tryNow, PAUSE);
            return;
        }
        if (facts.columns) show(facts);
        else result.innerHTML = facts.result;
    } catch (problem) {
        if (problem.name === "AbortError") return;
        result.textContent = form.dataset.failed;
    }
    result.setAttribute("aria-busy", "false");
}

function tryLater() {
    changed = true;
    clearTimeout(timer);
    result.setAttribute("aria-busy", "true");
    timer = setTimeout(tryNow, PAUSE);
}

function show(facts) {
    columns = facts.columns;
    result.innerHTML = facts.result;
    document.querySelectorAll("[data-column]").forEach(showColumn);
    document.querySelectorAll("tr[data-row]").forEach(row => showRow(row, facts.rows[row.dataset.row]));
    showFound(facts.found);
    for (const sheet of facts.sheets) {
        const note = document.querySelector(`[data-sheet-note="${CSS.escape(sheet.name)}"]`);
        if (!note) continue;
        note.textContent = sheet.chosen ? "✓" : "–";
        note.parentElement.title = sheet.reason;
    }
    const shown = facts.sheets.find(sheet => sheet.name === currentSheet());
    document.getElementById("map-unread").textContent = shown && !shown.chosen ? shown.reason : "";
    showUsed();
}

function showColumn(head) {
    const column = columns[head.dataset.column], select = head.querySelector("select"), why = head.querySelector(".map-why");
    const found = select.querySelector("[data-found]");
    head.toggleAttribute("data-given", !!column?.given);
    head.toggleAttribute("data-plain", !column || !column.known && !column.given);
    if (!column) { found.textContent = form.dataset.asFound; select.value = ""; why.textContent = ""; head.title = ""; return; }
    if (!column.given) found.textContent = `${column.label} (${column.percent} %)`;
    else found.textContent = form.dataset.asFound;
    select.value = column.given ? column.field : "";
    head.dataset.sure = column.percent >= 80 ? "high" : column.percent >= 60 ? "some" : "low";
    why.textContent = column.reason;
    head.title = `${column.label}, ${column.percent} %: ${column.reason}`;
}

function showUsed() {
    const used = document.getElementById("map-used");
    used.replaceChildren();
    for (const [letter, column] of Object.entries(columns)) {
        if (!column.used) continue;
        const button = document.createElement("button");
        button.type = "button";
        button.dataset.go = letter;
        button.textContent = `${letter} ${column.label}`;
        used.append(button);
    }
}

function goTo(letter) {
    const head = document.querySelector(`[data-column="${letter}"]`), scroll = document.getElementById("map-scroll");
    scroll.scrollLeft = head.offsetLeft - scroll.querySelector(".map-corner").offsetWidth;
    head.querySelector("select").focus({preventScroll: true});
}

function showRow(row, mark) {
    const head = row.querySelector("th");
    row.dataset.kind = mark?.kind ?? "";
    row.dataset.look = mark?.look ?? "";
    head.innerHTML = "";
    if (mark?.sign) {
        const sign = document.createElement("span");
        sign.className = "map-mark";
        sign.setAttribute("aria-hidden", "true");
        sign.textContent = mark.sign;
        head.append(sign);
    }
    head.append(row.dataset.row);
    head.title = mark?.text ?? "";
    if (mark?.look === "error") { head.tabIndex = 0; head.setAttribute("aria-label", `${row.dataset.row}: ${mark.text}`); }
    else { head.removeAttribute("tabindex"); head.removeAttribute("aria-label"); }
}

function showFound(found) {
    for (const input of document.querySelectorAll("input[data-setting]")) {
        const value = found[input.dataset.setting];
        if (value !== undefined) input.placeholder = `${form.dataset.asFound}: ${Array.isArray(value) ? value.join(", ") || "–" : value || "–"}`;
    }
    const sign = document.querySelector("[data-setting=decimal_sign] [data-found]");
    sign.textContent = form.dataset.asFound + (found.decimal_sign ? `: ${found.decimal_sign}` : "");
}

function setColumn(select) {
    const letter = select.dataset.field, key = columns[letter]?.key ?? letter;
    for (const name of Object.keys(settings.column_mapping))
        if (same(name, key) || same(name, letter)) delete settings.column_mapping[name];
    if (select.value) settings.column_mapping[key] = select.value;
}

function readSetting(input) {
    const name = input.dataset.setting, text = input.value.trim();
    if (!input.checkValidity()) return false;
    if (input.dataset.kind === "rows") settings[name] = text ? text.split(",").map(Number) : null;
    else if (input.dataset.kind === "number") settings[name] = text ? Number(text) : null;
    else if (input.dataset.kind === "code") settings[name] = text.toUpperCase();
    else if (input.dataset.kind === "none") settings[name] = input.checked ? false : null;
    else settings[name] = text;
    return true;
}

function fillIn() {
    for (const input of document.querySelectorAll("[data-setting]")) {
        const value = settings[input.dataset.setting];
        if (input.dataset.kind === "none") input.checked = value === false;
        else input.value = Array.isArray(value) ? value.join(", ") : value ?? "";
    }
    const sheets = [settings.sheet_name ?? []].flat();
    for (const box of document.querySelectorAll("[data-sheet-choice]")) box.checked = sheets.includes(box.value);
}

async function showSheet(name) {
    const place = document.getElementById("map-grid");
    clearTimeout(sheetTimer);
    const answer = await fetch(`${form.dataset.grid}?sheet=${encodeURIComponent(name)}`);
    if (!answer.ok) return;
    place.innerHTML = await answer.text();
    if (place.querySelector("[data-prepared][data-status=waiting], [data-prepared][data-status=working]"))
        sheetTimer = setTimeout(showSheet, PAUSE, name);
    else tryNow();
}

form.addEventListener("input", event => {
    const target = event.target;
    if (target.dataset.setting && !readSetting(target)) return;
    if (target.dataset.field) setColumn(target);
    if (target.hasAttribute("data-sheet-choice"))
        settings.sheet_name = [...document.querySelectorAll("[data-sheet-choice]:checked")].map(box => box.value);
    tryLater();
});
form.addEventListener("click", event => {
    if (event.target.dataset.show !== undefined) showSheet(event.target.dataset.show);
    if (event.target.dataset.go) goTo(event.target.dataset.go);
});
form.addEventListener("submit", () => { form.querySelector("[name=settings]").value = JSON.stringify(given()); });

if (result) {
    const fromServer = JSON.stringify(given());
    form.querySelector("[name=settings]").value = fromServer;
    changed = form.dataset.changed !== undefined;
    fillIn();
    tryNow();
}
