#!/bin/sh
# usage: run.sh SECONDS BUILD HARNESS... Runs each harness for so long on its seeds (tests/fuzz/corpus) and on what earlier runs
# found worth keeping (BUILD/corpus), and says how many inputs it ran. A finding ends that harness's run: the input stays in
# BUILD/findings, and the exit code is 1.
set -u
seconds=$1
build=$2
shift 2
code=0
mkdir -p "$build/findings"
for harness in "$@"; do
    name=${harness##*/}
    mkdir -p "$build/corpus/$name"
    "$harness" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=4096 -max_len=4096 -print_final_stats=1 \
        -artifact_prefix="$build/findings/$name-" "$build/corpus/$name" "tests/fuzz/corpus/$name" \
        > "$build/$name.log" 2>&1
    ended=$?
    echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$name.log") executions," \
        "$([ $ended = 0 ] && echo no finding || echo "a finding, see $build/$name.log")"
    [ $ended = 0 ] || code=1
done
exit $code
