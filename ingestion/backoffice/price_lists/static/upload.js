// A file that is too large is not sent at all: the server would refuse it unread, without the page around it.
"use strict";

document.addEventListener("submit", (event) => {
    for (const field of event.target.querySelectorAll("input[type=file][data-largest]")) {
        const group = field.closest(".group");
        group.querySelector("[data-refused]")?.remove();
        if (!field.files.length || field.files[0].size <= Number(field.dataset.largest)) continue;
        event.preventDefault();
        const said = document.createElement("p");
        said.className = "mt-2 text-red-600 text-xs dark:text-red-500";
        said.dataset.refused = "";
        said.setAttribute("role", "alert");
        said.textContent = field.dataset.tooLarge;
        group.append(said);
    }
});
