// The panel of what a worker prepares: looks how far it is, and goes on to what was asked for when it is over.
"use strict";

const PAUSE_MS = 500, LONGEST_PAUSE_MS = 3000;

function goOn() {
    const replay = document.querySelector("form[data-replay]");
    if (replay) replay.submit();
    else location.reload();
}

function fetchFile(panel, fresh) {
    panel.replaceWith(fresh);
    location.assign(fresh.dataset.fileUrl);
}

async function lookAgain(panel, pause) {
    let fresh = null;
    try {
        const answer = await fetch(panel.dataset.stateUrl);
        if (!answer.ok) return goOn();
        fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-prepared]");
    } catch { /* the server may be restarting */ }
    if (fresh && !["waiting", "working"].includes(fresh.dataset.status)) return fresh.dataset.fileUrl ? fetchFile(panel, fresh) : goOn();
    if (fresh && fresh.innerHTML !== panel.innerHTML) { panel.replaceWith(fresh); panel = fresh; }
    setTimeout(lookAgain, pause, panel, Math.min(pause * 1.2, LONGEST_PAUSE_MS));
}

for (const panel of document.querySelectorAll("[data-prepared][data-status=waiting], [data-prepared][data-status=working]"))
    setTimeout(lookAgain, PAUSE_MS, panel, PAUSE_MS);
