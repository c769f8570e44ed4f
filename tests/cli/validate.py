"""Validates JSON documents, one a line or one in all, against a schema: validate.py SCHEMA [--lines] < documents"""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1]))
text = sys.stdin.read()
documents = [json.loads(line) for line in text.splitlines()] if "--lines" in sys.argv else [json.loads(text)]
assert documents, "nothing to validate"
for document in documents:
    jsonschema.validate(document, schema)
print(len(documents))
