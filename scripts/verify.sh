#!/bin/sh
# The main job: every claim on the poster's problem, for the three step sizes that put 1, 2 and 3 singular
# values into a stable period 2, the theorems for every depth, and the last one's report. A refuted claim is a result; only an error fails.
program=$1
page=$2
worst=0

# Takes a code of verify or report; ends when it is that of an error.
weigh() {
    case $1 in
    0) ;;
    1) worst=1 ;;
    3) [ "$worst" -eq 0 ] && worst=3 ;;
    *) exit "$1" ;;
    esac
}

for problem in examples/poster-p1.json examples/poster-p2.json examples/poster.json; do
    echo "== $problem"
    "$program" verify --problem "$problem"
    weigh $?
    echo
done
echo "== proved for all depths"
"$program" prove
weigh $?
echo
mkdir -p "$(dirname "$page")" || exit 4
"$program" report --problem examples/poster.json --output "$page" --quiet
weigh $?
case $worst in
0) echo "verify: finished; every claim holds" ;;
1) echo "verify: finished; some claims, read literally, are refuted (edgewise verify exits with 1)" ;;
3) echo "verify: finished; something is undecided (edgewise verify exits with 3)" ;;
esac
echo "the report: $page"
