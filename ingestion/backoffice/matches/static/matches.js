// Decide by keyboard: the next pair is there already when an answer is given; answers are stored one after the other.
"use strict";

const page = document.getElementById("pairs"), place = document.getElementById("pair"), told = document.getElementById("told");
const KEYS = {Enter: "same", x: "not_this", n: "none", s: "unsure", u: "undo"};
const STAYS = ["not_this", "undo"];
let next = document.getElementById("next")?.innerHTML ?? null, stored = Promise.resolve(), waiting = 0;

const current = () => place.querySelector("form");
const keyOf = html => new DOMParser().parseFromString(html, "text/html").querySelector("form")?.dataset.pair;

function show(html) {
    place.innerHTML = html;
    window.scrollTo(0, 0);
}

function choose(number) {
    const radio = place.querySelector(`[data-number="${number}"]`);
    if (!radio) return;
    radio.checked = true;
    for (const name of place.querySelectorAll("[data-beside]")) name.hidden = name.dataset.beside !== String(number);
    radio.closest("label").scrollIntoView({block: "nearest"});
}

function say(text, isWarning) {
    told.textContent = text;
    told.classList.toggle("is-warning", isWarning);
}

function answer(verdict) {
    const form = current(), data = new FormData(form);
    data.set("verdict", verdict);
    const goesOn = !STAYS.includes(verdict) && next !== null;
    if (goesOn) {
        show(next);
        data.set("ahead", current().dataset.pair ?? "");
    } else form.setAttribute("aria-busy", "true");
    next = null;
    waiting += 1;
    const seen = told.textContent;
    stored = stored.then(() => store(form.action, data, goesOn, seen));
}

async function store(address, data, goesOn, seen) {
    try {
        const answer = await fetch(address, {method: "POST", body: data, headers: {Accept: "application/json"}});
        if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
        take(await answer.json(), goesOn, seen);
    } catch {
        say(page.dataset.failed, true);
        current().setAttribute("aria-busy", "true");
        return new Promise(() => {}); // what was answered since is not sent: nobody knows what became of this one
    }
}

// What is shown stays: the server looks at each answer anew. Only the newest reply knows what comes next.
// A warning that came after the key was pressed stays beside the reply: nobody can have read it yet.
function take(reply, goesOn, seen) {
    waiting -= 1;
    const isUnread = told.classList.contains("is-warning") && told.textContent !== seen;
    say(isUnread ? `${told.textContent} ${reply.text}` : reply.text, isUnread || reply.is_warning);
    page.querySelector("[data-decided]").textContent = reply.decided;
    page.querySelector("[data-left]").textContent = reply.left;
    Object.assign(page.querySelector("progress"), {max: reply.decided + reply.left, value: reply.decided});
    if (waiting) return;
    const cards = [...reply.cards];
    if (!goesOn) show(cards.shift());
    next = cards.find(card => keyOf(card) !== current().dataset.pair) ?? null;
}

function ownsEnter(target) {
    return target.closest("a, button, select, summary, textarea, input:not([type=radio])");
}

document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest("select, textarea, input:not([type=radio])")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key, verdict = KEYS[key];
    if (key === "Enter" && ownsEnter(event.target)) return;
    const isBusy = current()?.getAttribute("aria-busy") === "true";
    if (/^[1-5]$/.test(key) && !isBusy) choose(key);
    else if (verdict && !isBusy && (verdict === "undo" || current()?.dataset.pair)) answer(verdict);
    else return;
    event.preventDefault();
});

place.addEventListener("submit", event => {
    event.preventDefault();
    if (event.submitter?.value && event.target.getAttribute("aria-busy") !== "true") answer(event.submitter.value);
});
place.addEventListener("change", event => {
    if (event.target.dataset.number) choose(event.target.dataset.number);
});
