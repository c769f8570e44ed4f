"""Compares what the libraries have in them with what the public headers declare. usage: names.py SHARED STATIC"""
import os
import re
import subprocess
import sys

import headers


def symbols(options, library):
    text = subprocess.run(["nm", *options, "--defined-only", library], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^[0-9a-f]* ([A-Za-z]) ([^@\s]+)(?:@@?(\S+))?$", text, flags=re.M)
    return [symbol for symbol in found if symbol[0] != "A"]  # the version node itself


def complain(what, names):
    for name in sorted(names):
        print("%s: %s" % (what, name))
    return bool(names)


declared = {d.name for d in headers.declarations()}
shared = symbols(["-D"], sys.argv[1])
exported = {name for _, name, _ in shared}
# a name with a dot is the compiler's, and no program's
static = {name for _, name, _ in symbols(["-g"], sys.argv[2]) if "." not in name}
umbrella = open("include/edgewise.h", encoding="utf-8").read()
left_out = {h for h in headers.public_headers() if "<edgewise/%s>" % os.path.basename(h) not in umbrella}
plain = {name for header in headers.public_headers()
         for name in re.findall(r"^ew_status (\w+)", open(header, encoding="utf-8").read(), flags=re.M)}

bad = complain("exported, but in no public header", exported - declared)
bad |= complain("declared, but not exported", declared - exported)
bad |= complain("of another version node than EDGEWISE_0", {name for _, name, node in shared if node != "EDGEWISE_0"})
bad |= complain("without the prefix in the static library",
                {name for name in static if not name.startswith(("ew_", "__"))})
bad |= complain("not in edgewise.h", left_out)
bad |= complain("returns a status without EW_MUST_CHECK", plain)
print("%d names declared, %d exported, %d in the static library" % (len(declared), len(exported), len(static)))
sys.exit(bad or not declared)
