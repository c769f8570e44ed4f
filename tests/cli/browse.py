"""Opens a report in headless Chromium: browse.py PAGE [VERIFY.json [WIDTH]] says "shown" when the page is what it promises.

The page is loaded in a frame of that many pixels, from a copy with a script before everything else that notes errors
and one after it that looks around and tells the page outside, which Chromium then prints.
"""
import html
import json
import os
import re
import subprocess
import sys
import tempfile

BEFORE = """<script>
const wrong = [];
addEventListener("error", e => wrong.push("error: " + (e.message || e.target.outerHTML.slice(0, 80))), true);
addEventListener("unhandledrejection", e => wrong.push("rejected: " + e.reason));
console.error = (...what) => wrong.push("console: " + what.join(" "));
</script>"""

AFTER = """<script>
function look() {
    const seen = {wrong, width: innerWidth, page: document.documentElement.scrollWidth};
    seen.fetched = performance.getEntriesByType("resource").map(e => e.name).filter(n => !n.startsWith("data:"));
    seen.sections = [...document.querySelectorAll("section")].map(e => e.id);
    seen.figures = [...document.querySelectorAll("figure")].map(figure => {
        const svg = figure.querySelector("svg"), box = svg && svg.getBoundingClientRect();
        return {name: figure.id, width: box ? box.width : 0, height: box ? box.height : 0,
                shapes: svg ? svg.querySelectorAll("path, use, image, text, polygon").length : 0,
                inked: svg ? [...svg.querySelectorAll("path, use, image, text")].filter(e => {
                    const b = e.getBoundingClientRect();
                    return b.width + b.height > 0 && b.left >= box.left - 1 && b.right <= box.right + 1 &&
                           b.top >= box.top - 1 && b.bottom <= box.bottom + 1;
                }).length : 0,
                cut: svg ? [...svg.querySelectorAll("text")].filter(e => {
                    const b = e.getBoundingClientRect();
                    return b.width > 0 && (b.left < box.left - 1 || b.right > box.right + 1 ||
                                           b.top < box.top - 1 || b.bottom > box.bottom + 1);
                }).map(e => e.textContent.trim()) : [],
                marks: svg ? svg.querySelectorAll("[data-says]").length : 0,
                named: svg ? svg.getAttribute("aria-label") : "", caption: figure.querySelector("figcaption").textContent.length};
    });
    seen.verdicts = [...document.querySelectorAll("td[data-claim]")].map(cell => ({
        id: cell.dataset.claim, first: +cell.dataset.index, last: +cell.dataset.last, says: cell.innerText.trim(),
        verdict: cell.dataset.verdict}));
    seen.over = [...document.querySelectorAll("body *")].filter(e => !e.closest(".wide > *, svg, #tip") &&
        e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 90));
    /* a mark under the pointer, then the next by the keyboard */
    const svg = [...document.querySelectorAll("figure > svg")].find(e => e.querySelector("[data-says]"));
    if (svg) {
        const tip = document.getElementById("tip"), mark = svg.querySelector("[data-says]");
        mark.dispatchEvent(new MouseEvent("mousemove", {clientX: 20, clientY: 20, bubbles: true}));
        seen.pointed = tip.hidden ? null : tip.innerText;
        svg.dispatchEvent(new MouseEvent("mouseleave"));
        seen.left = tip.hidden;
        svg.focus();
        seen.focused = document.activeElement === svg;
        for (let i = 0; i < 3; i++)
            svg.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight"}));
        seen.stepped = tip.hidden ? null : tip.innerText;
        svg.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}));
        seen.escaped = tip.hidden;
    }
    /* a link to the evidence unfolds it */
    const link = document.querySelector("th a");
    location.hash = link.getAttribute("href");
    setTimeout(() => {
        const part = document.getElementById(link.getAttribute("href").slice(1));
        seen.unfolded = part && part.open;
        seen.evidence = part ? part.innerText : "";
        dispatchEvent(new Event("beforeprint"));
        seen.printed = [...document.querySelectorAll("details")].every(e => e.open);
        seen.links = [...document.querySelectorAll("a[href]")].filter(a => !document.querySelector(a.getAttribute("href"))).length;
        seen.wide = document.documentElement.scrollWidth; /* with everything unfolded */
        parent.postMessage(JSON.stringify(seen), "*");
    }, 200);
}
addEventListener("load", () => setTimeout(look, 100));
</script>"""

OUTER = """<!doctype html><meta charset="utf-8"><body style="margin:0"><pre id="seen"></pre>
<iframe src="page.html" style="border:0;width:%dpx;height:900px"></iframe>
<script>addEventListener("message", e => { document.getElementById("seen").textContent = e.data; });</script>"""


def visit(text, width):
    """What the page says about itself in a browser."""
    with tempfile.TemporaryDirectory() as place:
        assert "<head>" in text and "</body>" in text
        text = text.replace("<head>", "<head>" + BEFORE, 1)
        at = text.rindex("</body>")
        with open(os.path.join(place, "page.html"), "w") as file:
            file.write(text[:at] + AFTER + text[at:])
        with open(os.path.join(place, "outer.html"), "w") as file:
            file.write(OUTER % width)
        run = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--user-data-dir=" + os.path.join(place, "profile"), "--window-size=1300,1000",
             "--virtual-time-budget=20000", "--dump-dom", "file://" + os.path.join(place, "outer.html")],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, check=False)
    found = re.search(r'<pre id="seen">(.*?)</pre>', run.stdout.decode(), re.S)
    assert found and found.group(1), "the page told nothing:\n" + run.stderr.decode()[-2000:]
    return json.loads(html.unescape(found.group(1)))


def check_figures(seen, names):
    assert [f["name"] for f in seen["figures"]] == ["figure-" + n for n in names], seen["figures"]
    for figure in seen["figures"]:
        assert figure["width"] > 200 and figure["height"] > 60, figure
        assert figure["shapes"] > 20 and figure["inked"] > 5, figure
        assert figure["named"] and figure["caption"] > 60, figure
        assert not figure["cut"], figure
    assert sum(f["marks"] > 0 for f in seen["figures"]) >= len(names) // 2, "hardly a mark has a value"
    assert seen["pointed"] and re.search(r"\d", seen["pointed"]), seen["pointed"]
    assert seen["left"] and seen["focused"] and seen["escaped"]
    assert seen["stepped"] and seen["stepped"] != seen["pointed"], seen["stepped"]


def check_verdicts(seen, document):
    """Every verdict of the document stands in the table, and nothing else does."""
    expected = {(c["id"], c["index"]): c["verdict"] for c in document["claims"]}
    shown = {}
    for cell in seen["verdicts"]:
        assert cell["verdict"] in cell["says"].split(), cell
        for index in range(cell["first"], cell["last"] + 1):
            assert (cell["id"], index) not in shown, cell
            shown[cell["id"], index] = cell["verdict"]
    assert shown == expected, sorted(set(shown.items()) ^ set(expected.items()))[:5]


def main():
    name, document = sys.argv[1], json.load(open(sys.argv[2]))
    width, figures = int(sys.argv[3]), sys.argv[4:]
    with open(name) as file:
        text = file.read()
    assert len(text.encode()) < 3000000, len(text)
    outside = re.findall(r"""(?:src|href|action|data)=["'](?!#|data:)[^"']*|url\((?!#)[^)]*\)|@import""", text)
    assert not outside, outside[:3]
    seen = visit(text, width)
    assert seen["width"] == width, seen["width"]
    assert not seen["wrong"], seen["wrong"]
    assert not seen["fetched"], seen["fetched"]
    assert seen["sections"] == ["verdicts", "figures", "predictions", "thresholds", "stress", "evidence",
                                "inputs"], seen["sections"]
    assert seen["page"] <= width and seen["wide"] <= width and not seen["over"], (seen["page"], seen["over"][:5])
    assert seen["unfolded"] and "Statement." in seen["evidence"] and seen["printed"] and seen["links"] == 0
    check_verdicts(seen, document)
    if figures:
        check_figures(seen, figures)
    print("shown")


main()
