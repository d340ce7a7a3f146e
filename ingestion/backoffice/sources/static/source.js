// The address of a sheet is asked for where lists are fetched from one.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
    const kind = document.getElementById("id_kind");
    const address = document.querySelector(".field-sheet_url");
    if (!kind || !address) return;
    const show = () => { address.hidden = kind.value !== "google_sheet"; };
    kind.addEventListener("change", show);
    show();
});
