// What every page needs of scripts and no template may hold: the Content-Security-Policy allows files only.
"use strict";

// Components of unfold, by name: the build of Alpine without `eval` reaches no function of the window.
document.addEventListener("alpine:init", () => {
    const stored = localStorage.getItem("sidebarDesktopOpen");
    Alpine.data("theme", (chosen) => theme(chosen));
    Alpine.data("searchForm", () => searchForm());
    Alpine.data("searchCommand", () => searchCommand());
    Alpine.data("searchDropdown", () => ({
        ...searchDropdown(),
        openResults() {
            this.openSearchResults = true;
            this.currentIndex = 0;
        },
        escape() {
            this.openSearchResults = false;
            if (this.$refs.searchInput.value === "") this.$refs.searchInput.blur();
            else this.$refs.searchInput.value = "";
        },
    }));
    Alpine.data("page", (first) => ({
        activeTab: (first && getCurrentTab()) || first,
        sidebarMobileOpen: false,
        sidebarDesktopOpen: stored === null || stored === "1",
        address() {
            const tab = this.activeTab && this.activeTab !== "general" ? `#${this.activeTab}` : "";
            return window.location.pathname + window.location.search + tab;
        },
        init() {
            this.$watch("sidebarDesktopOpen", (open) => localStorage.setItem("sidebarDesktopOpen", open ? "1" : "0"));
        },
    }));
});

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false; // they stand in page.css

document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
});

document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.submit();
});
