"""Compares, for every public function that returns an ew_status, the statuses that its comment in the header names with those
that its body can return, as far as the text tells: the constants that stand in it outside of comparisons, and those of the
functions whose answer it passes on, in turn. Prints what a body can return and its header does not name.

A comment "as ew_other" names what that of ew_other names, "likewise" and "as above" what the one before names; a function
without statuses of its own has those that the comment at the top of its header names."""
import glob
import re
import sys

import headers

STATUSES = ("EW_BAD_INPUT", "EW_UNDECIDED_STATUS", "EW_RESOURCES", "EW_STOPPED")
# called through a pointer: where the functions are that it may point to
POINTERS = {"make": r"ew_figure_(?!make|of_)\w+", "observe": r"(double|arb)_observe|observe"}


def plain(text):
    """Without comments, strings and preprocessor lines."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    text = re.sub(r'"(\\.|[^"\\])*"', '""', text)
    return re.sub(r"^ *#.*?(?<!\\)$", "", text, flags=re.M | re.S)


def bodies():
    """The functions that return a status: {(file or None where it is external, name): body}."""
    found = {}
    for name in glob.glob("src/*/*.[ch]") + glob.glob("src/*/*/*.[ch]"):
        if name.startswith("src/cli/"):
            continue
        with open(name, encoding="utf-8") as file:
            text = plain(file.read())
        for match in re.finditer(r"^(static )?(?:inline )?ew_status (\w+)\([^;{}]*\)\s*\n\{\n(.*?)^\}", text, flags=re.M | re.S):
            found[(name if match.group(1) else None, match.group(2))] = (name, match.group(3))
    return found


def after_call(body, at):
    """The text after the closing bracket of the call whose opening bracket is at `at`."""
    depth = 0
    for i in range(at, len(body)):
        depth += (body[i] == "(") - (body[i] == ")")
        if depth == 0:
            return body[i + 1:i + 40]
    return ""


def passed_on(body, own, functions):
    """The functions whose answers the body does more with than compare them."""
    for match in re.finditer(r"(->|\.)?\b(\w+)\(", body):
        if re.match(r"\s*[!=]=", after_call(body, match.end() - 1)):
            continue
        name = match.group(2)
        if match.group(1):
            if name in POINTERS:
                yield from (key for key in functions if re.fullmatch(POINTERS[name], key[1]))
        elif (own, name) in functions:
            yield (own, name)
        elif (None, name) in functions:
            yield (None, name)


def returned(functions):
    """What each function can return."""
    constants, calls = {}, {}
    for key, (file, body) in functions.items():
        produced = re.sub(r"[!=]=\s*EW_\w+", "", body)
        constants[key] = {s for s in STATUSES if re.search(r"\b%s\b" % s, produced)}
        calls[key] = set(passed_on(body, file, functions))
    changed = True
    while changed:
        changed = False
        for key in functions:
            more = set().union(constants[key], *(constants[c] for c in calls[key]))
            changed |= more != constants[key]
            constants[key] = more
    return constants


def named(declared):
    """What each public comment names."""
    names, last = {}, set()
    tops = {}
    for header in headers.public_headers():
        with open(header, encoding="utf-8") as file:
            text = file.read()
        tops[header] = {s for s in STATUSES if s in text[:text.index("*/")]}
    comments = {d.name: d.comment for d in declared}

    def of(name, seen=()):
        comment = comments.get(name, "")
        mine = {s for s in STATUSES if s in comment}
        for other in re.findall(r"\bas (ew_\w+)", comment):
            if other not in seen:
                mine |= of(other, (*seen, name))
        return mine

    for d in declared:
        mine = of(d.name)
        if re.search(r"[Ll]ikewise|as above", d.comment) and not d.comment == comments.get(last_name(declared, d)):
            mine |= last
        names[d.name] = mine or tops[d.header]
        last = names[d.name]
    return names


def last_name(declared, d):
    at = declared.index(d)
    return declared[at - 1].name if at > 0 else ""


declared = [d for d in headers.declarations() if d.returns_status()]
can = returned(bodies())
says = named(declared)
missing = 0
for d in declared:
    if (None, d.name) not in can:
        print("%s: no body found" % d.name)
        missing += 1
        continue
    can_be = can[(None, d.name)]
    if not re.search(r"progress|effort", d.code):
        can_be = can_be - {"EW_STOPPED"}  # nobody can say stop
    silent = sorted(can_be - says[d.name])
    if silent:
        print("%s: %s does not name %s" % (d.header, d.name, ", ".join(silent)))
    missing += len(silent)
if "--all" in sys.argv:
    for d in declared:
        print(d.name, sorted(can.get((None, d.name), ())), sorted(says[d.name]))
print("%d functions that return a status, %d statuses not named" % (len(declared), missing))
sys.exit(missing > 0 or len(declared) < 90)
