"use strict";

/* What a mark says. */
const tip = document.getElementById("tip");

function show(text, x, y) {
    tip.textContent = text;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = Math.min(x + 12, document.documentElement.clientWidth - box.width - 4);
    const top = y + 16 + box.height > window.innerHeight ? y - box.height - 8 : y + 16;
    tip.style.left = Math.max(4, left) + "px";
    tip.style.top = top + "px";
}

function hide() {
    tip.hidden = true;
}

/* Over a mark, and from mark to mark of the picture that has the focus by the arrow keys. */
for (const picture of document.querySelectorAll("figure > svg")) {
    const marks = picture.querySelectorAll("[data-says]");
    let at = -1;
    picture.addEventListener("mousemove", event => {
        const mark = event.target.closest("[data-says]");
        if (mark)
            show(mark.dataset.says, event.clientX, event.clientY);
        else
            hide();
    });
    picture.addEventListener("mouseleave", hide);
    picture.addEventListener("blur", hide);
    picture.addEventListener("keydown", event => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (event.key === "Escape")
            hide();
        if (step === undefined || marks.length === 0)
            return;
        event.preventDefault();
        at = Math.max(0, Math.min(marks.length - 1, at + step));
        const box = marks[at].getBoundingClientRect();
        show(marks[at].dataset.says, box.left + box.width / 2, box.top + box.height / 2);
    });
}
window.addEventListener("scroll", hide);

/* A link to something folded unfolds it; so does printing. */
function unfold() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS")
        target.open = true;
}
window.addEventListener("hashchange", unfold);
unfold();

window.addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details"))
        part.open = true;
});
