"""Looks at what the program wrote: look.py FILE.. says "whole" when each is what its ending promises."""
import math
import struct
import sys
import xml.etree.ElementTree
import zlib


def look_svg(data):
    root = xml.etree.ElementTree.fromstring(data)
    assert root.tag == "{http://www.w3.org/2000/svg}svg", root.tag
    assert len(list(root.iter())) > 20, "next to nothing drawn"


def look_png(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, kinds = 8, []
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        check, = struct.unpack(">I", data[at + 8 + size:at + 12 + size])
        assert zlib.crc32(data[at + 4:at + 8 + size]) == check, kind
        kinds.append(kind)
        at += 12 + size
    assert kinds[0] == b"IHDR" and b"IDAT" in kinds and kinds[-1] == b"IEND", kinds


def look_pdf(data):
    assert data[:5] == b"%PDF-" and data.rstrip().endswith(b"%%EOF")


def look_csv(data):
    """Tables of numbers: `# name`, the columns' names where it has any, rows of one width with no gap but an empty field."""
    tables = 0
    for part in data.decode().split("\n\n"):
        lines = part.strip("\n").split("\n")
        assert lines[0].startswith("# "), lines[0]
        names = lines[1].split(",") if any(c.isalpha() for c in lines[1].replace("e", "")) else None
        rows = [line.split(",") for line in lines[2 if names else 1:]]
        assert rows and all(len(row) == len(names or rows[0]) for row in rows), lines[0]
        assert all(x == "" or math.isfinite(float(x)) for row in rows for x in row), lines[0]
        assert any(x != "" for row in rows for x in row), lines[0]
        tables += 1
    assert tables > 0


def look_gp(data):
    text = data.decode()
    assert text.startswith("set terminal svg ") and "\nset output '" in text and "plot " in text


for name in sys.argv[1:]:
    with open(name, "rb") as file:
        globals()["look_" + name.rsplit(".", 1)[1]](file.read())
print("whole")
