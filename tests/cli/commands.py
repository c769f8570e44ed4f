"""Runs each command that a report shows: commands.py PAGE PROGRAM says "as shown" when every one ends as a command should,
and its output holds every number of the table above it."""
import html
import os
import re
import subprocess
import sys
import tempfile

page, program = open(sys.argv[1]).read(), os.path.abspath(sys.argv[2])
PRE = r'<pre class="command"[^>]*>(.*?)</pre>'


def words(cell):
    return html.unescape(re.sub(r"<[^>]*>", "", cell)).replace("−", "-").strip()


def run(command, place):
    line = 'edgewise() { "%s" "$@"; }; %s' % (program, html.unescape(command))
    done = subprocess.run(["bash", "-c", line], cwd=place, capture_output=True, text=True)
    assert done.returncode in (0, 1, 3), (command, done.returncode, done.stderr)
    return done.stdout


def same(shown, output):
    """A number shown with fewer digits than the command prints stands for all that round to it."""
    if shown in output:
        return True
    match = re.fullmatch(r"-?[0-9.]+(e[+-][0-9]+)?", shown)
    unit = 10.0 ** -len(shown.partition("e")[0].partition(".")[2])
    return match is not None and any(abs(float(n) - float(shown)) <= 0.51 * unit
                                     for n in re.findall(r"-?\d+\.?\d*(?:e[+-]\d+)?", output))


with tempfile.TemporaryDirectory() as place:
    count = 0
    for name in ("verdicts", "figures", "predictions", "thresholds", "stress", "evidence", "inputs"):
        section = re.search(r'<section id="%s">.*?</section>' % name, page, re.S).group(0)
        commands = re.findall(PRE, section, re.S)
        assert commands, name
        output = "".join(run(command, place) for command in commands if not command.startswith("edgewise report"))
        count += len(commands)
        if name in ("predictions", "thresholds", "stress"):
            table = re.sub(r"<th.*?</th>", "", section, flags=re.S)
            cells = [words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", table, re.S)]
            numbers = [cell for cell in cells if re.search(r"\d", cell)]
            assert len(numbers) > 5, name
            for number in numbers:
                assert same(number, output), (name, number, output)
    figures = re.search(r'<section id="figures">.*?</section>', page, re.S).group(0)
    assert len(re.findall("<figure ", figures)) == len([n for n in os.listdir(place) if n.endswith(".svg")])
    # the table of the number formats and its figure are one experiment
    steps = re.search(r"(\d+) steps in each number format", page).group(1)
    assert re.search(r'<figure id="figure-stress">.*?%s steps, against' % steps, page, re.S)
    print("as shown", count)
