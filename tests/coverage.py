"""usage: coverage.py FILE.json Reads what gcovr counted and prints the coverage of lines and branches by folder, and the
largest pieces that no test reaches in the folders where a wrong line could make a wrong verdict, function by function."""
import collections, json, os, sys

PROOFS = ('src/predict', 'src/claims', 'check')
LARGEST = 25


def folder(name):
    parts = name.split('/')
    return '/'.join(parts[:2]) if parts[0] == 'src' else parts[0]


def share(hit, total):
    return '%6d of %6d  %5.1f %%' % (hit, total, 100 * hit / total) if total else ' ' * 25


totals = collections.defaultdict(lambda: [0, 0, 0, 0])
pieces = collections.defaultdict(list)  # (file, function): lines
for entry in json.load(open(sys.argv[1]))['files']:
    name = entry['file']
    starts = sorted((f['lineno'], f['name']) for f in entry.get('functions', []))
    for line in entry['lines']:
        if line.get('gcovr/noncode'):
            continue
        counts = totals[folder(name)], totals['all']
        branches = line.get('branches', [])
        for count in counts:
            count[0] += line['count'] > 0
            count[1] += 1
            count[2] += sum(b['count'] > 0 for b in branches)
            count[3] += len(branches)
        if line['count'] == 0:
            before = [f for start, f in starts if start <= line['line_number']]
            pieces[name, before[-1] if before else '?'].append(line['line_number'])

print('%-16s %-26s %s' % ('', 'lines', 'branches'))
for name in sorted(totals, key=lambda n: (n == 'all', n)):
    count = totals[name]
    print('%-16s %s   %s' % (name, share(*count[:2]), share(*count[2:])))
print('largest pieces without a test:')
proofs = [(len(lines), name, function, lines) for (name, function), lines in pieces.items()
          if folder(name) in PROOFS]
for size, name, function, lines in sorted(proofs, key=lambda p: (-p[0], p[1], p[2]))[:LARGEST]:
    print('%5d lines  %s:%d %s' % (size, name, lines[0], function))
