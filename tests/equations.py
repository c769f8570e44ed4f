"""Every reference to an equation of a page in theory/ names one that is there: equations.py ROOT says how many were looked up.

A reference is "page.md (3)", "page.md (3), (4)" or "page.md (3) - (6)", with or without theory/ before it, in code, pages
and documents; an equation's number stands in brackets at the end of a line or at its start."""
import os
import re
import sys

root = sys.argv[1]
NUMBER = r"\((\d+'?)\)"
REFERENCE = re.compile(r"(?<![\w/.-])(?:theory/)?([a-z0-9-]+\.md)[,:]?((?:\s*(?:,|-|and|to)?[\s/*]*%s)+)" % NUMBER.replace("(\\d", "(?:\\d"))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


theory = os.path.join(root, "theory")
pages = {name: set(re.findall(r"^\W*%s(?=\s)|%s\s*$" % (NUMBER, NUMBER), read(os.path.join(theory, name)), re.M))
         for name in os.listdir(theory) if name.endswith(".md")}
pages = {name: {n for pair in found for n in pair if n} for name, found in pages.items()}


def numbers(text):
    """Those of "(3), (4)" and, between the two ends, of "(3) - (6)"."""
    found = []
    for between, n in re.findall(r"(.*?)%s" % NUMBER, text, re.S):
        if "-" in between and found and n.isdigit() and found[-1].isdigit():
            found += [str(k) for k in range(int(found[-1]) + 1, int(n))]
        found.append(n)
    return found


looked, wrong = 0, []
for folder in ("src", "include", "check", "tests", "examples", "bench", "theory", "docs", "."):
    for place, inner, names in os.walk(os.path.join(root, folder)):
        if folder == ".":
            inner.clear()
        for name in names:
            if not name.endswith((".c", ".h", ".md", ".py")) or name == "equations.py":
                continue
            path = os.path.join(place, name)
            for page, said in REFERENCE.findall(read(path)):
                for n in numbers(said):
                    looked += 1
                    if page not in pages or n not in pages[page]:
                        wrong.append("%s: %s (%s)" % (os.path.relpath(path, root), page, n))
assert looked > 200, looked
print("\n".join(wrong) if wrong else "all %d there" % looked)
