"""What the public headers declare, read as text: functions and data with the comment that stands above each."""
import glob
import os
import re


def public_headers(root="."):
    """The headers that are wrapped in EW_BEGIN_API .. EW_END_API."""
    names = sorted(glob.glob(os.path.join(root, "include/edgewise/*.h")))
    return [name for name in names if os.path.basename(name) not in ("api.h", "flint.h")]


def without_braces(text):
    before = None
    while before != text:
        before = text
        text = re.sub(r"\{[^{}]*\}", "", text)
    return text


def pieces(text):
    """Comments and statements of the outermost level, in their order: ("comment", text) or ("code", text)."""
    body = text[text.index("EW_BEGIN_API") + len("EW_BEGIN_API"):text.rindex("EW_END_API")]
    # comments inside of braces belong to members: dropped with the braces, so take care of them first
    depth, at, out, code = 0, 0, [], ""
    while at < len(body):
        if body.startswith("/*", at):
            end = body.index("*/", at) + 2
            if depth == 0 and not code.strip():
                out.append(("comment", " ".join(re.sub(r"\n *\*?", " ", body[at + 2:end - 2]).split())))
            at = end
            continue
        c = body[at]
        depth += (c in "{(") - (c in "})")
        code += c
        if c == ";" and depth == 0:
            out.append(("code", " ".join(without_braces(code).split())))
            code = ""
        at += 1
    return out


class Declaration:
    def __init__(self, name, code, comment, header):
        self.name, self.code, self.comment, self.header = name, code, comment, header

    def returns_status(self):
        return re.match(r"EW_MUST_CHECK ew_status \w+\(", self.code) is not None


def declarations(root="."):
    """Every function and datum that the public headers declare. A comment is that of all declarations up to the next."""
    found = []
    for header in public_headers(root):
        with open(header, encoding="utf-8") as file:
            text = re.sub(r"^ *#.*$", "", file.read(), flags=re.M)
        comment = ""
        for kind, piece in pieces(text):
            if kind == "comment":
                comment = piece
                continue
            if piece.startswith(("typedef", "struct", "enum", "union")):
                comment = ""
                continue
            name = re.search(r"\b(ew_\w+) ?\(", piece) or re.search(r"\b(ew_\w+)(\[\w*\])*;$", piece)
            if name is None:
                raise ValueError("%s: cannot read this: %s" % (header, piece))
            found.append(Declaration(name.group(1), piece, comment, header))
    return found
