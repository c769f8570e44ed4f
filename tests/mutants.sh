#!/bin/sh
# Breaks the prover on purpose, one place at a time, and says who notices: the prover itself (a lemma is left undecided or the
# program fails), the checker (it refuses the certificate), or the tests of proofs. A mutant whose certificate is the true one,
# byte for byte, has decided everything as it should, and there is nothing to notice. Needs a built tree; works on a copy.
# usage: tests/mutants.sh      exit code 0 when every other mutant was noticed
set -u
cd "$(dirname "$0")/.." || exit 4
work=$(mktemp -d) || exit 4
trap 'rm -rf "$work"' EXIT
trap 'exit 4' INT TERM
cp -r Makefile src include check tests examples scripts build "$work" || exit 4
cd "$work" || exit 4
cp build/edgewise true-edgewise
unnoticed=0
same=0
total=0

# mutant FILE SED-EXPRESSION COMMAND.. : the command writes a certificate to $work/c
mutant() {
    file=$1
    change=$2
    shift 2
    total=$((total + 1))
    cp "$file" kept
    sed -i "$change" "$file"
    if cmp -s "$file" kept; then
        echo "no such place: $file: $change"
        unnoticed=$((unnoticed + 1))
        return
    fi
    rm -f c
    if ! make -s build/edgewise build/tests >log 2>&1; then
        who="NOBODY: it does not compile"
        unnoticed=$((unnoticed + 1))
    elif ! timeout 300 build/edgewise "$@" --certificate c --quiet >log 2>&1; then
        who="the prover: $(head -c 100 log | head -1)"
        [ -s log ] || who="the prover: undecided"
    elif ./true-edgewise "$@" --certificate d --quiet >log 2>&1 && cmp -s c d; then
        who="nothing to notice: the same certificate"
        same=$((same + 1))
    elif ! build/edgewise-check c >/dev/null 2>log; then
        who="the checker: $(sed 's/^[^:]*: [^:]*: //' log | head -c 100)"
    elif ! { build/tests '*of_form' && build/tests 'trap_is*' && build/tests 'roots_by*' && build/tests 'stopped_and*' &&
        build/tests 'true_ones*' && build/tests 'forms_can*'; } >log 2>&1; then
        who="the tests: $(grep FAILED log | head -1)"
    else
        who="NOBODY"
        unnoticed=$((unnoticed + 1))
    fi
    printf '%-38s %-58s %s\n' "$(basename "$file")" "$change" "$who"
    cp kept "$file"
}

lemmas=src/predict/proof/lemmas.c
proof=src/predict/proof/proof.c
jet=src/predict/proof/jet.c
poly=src/predict/proof/polynomial.c
cover=src/predict/proof/cover.c
roots="prove orbit-roots"
attracts="prove orbit-attracts --region 2:40"
gap="prove balancing-gap --region 2:40"
orbit="orbit --depth 4 --eta 11/20"
edge="orbit --depth 3 --eta 2/3"

mutant $lemmas 's/ew_jet_mul3(pool, ew_jet_line(pool, 2, -2, e), p, tanh_part/ew_jet_mul3(pool, ew_jet_line(pool, 3, -2, e), p, tanh_part/' $roots
mutant $lemmas 's/return ew_jet_is_above_zero(ew_jet_add(pool, k, w));/return ew_jet_is_above_zero(w);/' $roots
mutant $lemmas 's/ew_jet_ratio(pool, -n, 1)/ew_jet_ratio(pool, n, 1)/' $roots
mutant $lemmas 's/jet a = ew_jet_mul3(pool, ew_jet_ratio(pool, 4, 1), f, se);/jet a = ew_jet_mul3(pool, ew_jet_ratio(pool, 2, 1), f, se);/' $attracts
mutant $lemmas 's/inner = ew_jet_add(pool, inner, ew_jet_mul3(pool, two_b, f, sf));/inner = ew_jet_sub(pool, inner, ew_jet_mul3(pool, two_b, f, sf));/' $attracts
mutant $lemmas 's/m = ew_jet_sub(pool, m, ew_jet_mul3(pool, z, a, inner));/m = ew_jet_add(pool, m, ew_jet_mul3(pool, z, a, inner));/' $attracts
mutant $lemmas 's/return ew_jet_is_above_zero(ew_jet_sub(pool, ew_jet_ratio(pool, -1, 1), m));/return ew_jet_is_above_zero(ew_jet_sub(pool, ew_jet_ratio(pool, 0, 1), m));/' $attracts
mutant $lemmas 's/arb_neg(pool->work\[2\], m + 2);/arb_neg(pool->work[2], m + 1);/' $attracts
mutant $lemmas 's/arb_submul(pool->work\[0\], q + 2, m + 1, pool->prec);//' $attracts
mutant $lemmas 's/return ew_jet_is_above_zero(ew_jet_line(pool, 3, -2, c));/return ew_jet_is_above_zero(ew_jet_line(pool, 4, -2, c));/' $attracts
mutant $lemmas 's/jet g = ew_jet_mul(pool, ew_jet_line(pool, 2, -2, e), ew_jet_line(pool, 1, -1, q));/jet g = ew_jet_mul(pool, ew_jet_line(pool, 2, -4, e), ew_jet_line(pool, 1, -1, q));/' $attracts
mutant $lemmas 's/ew_jet_line(pool, 17, -12, e)/ew_jet_line(pool, 14, -12, e)/' $gap
mutant $lemmas 's/ew_jet_line(pool, 10, -6, e)/ew_jet_line(pool, 11, -6, e)/' $gap
mutant $lemmas 's/ew_jet_mul(pool, pull, ew_jet_log_ratio(pool, q))/pull/' $gap
mutant $lemmas 's/ew_jet_line(pool, -1, 1, p)/ew_jet_line(pool, 0, 1, p)/' $gap
mutant $lemmas 's/ew_jet_line(pool, 99, -64, next)/ew_jet_line(pool, 110, -64, next)/' $gap
mutant $lemmas 's/ew_jet_mul(pool, root, ew_jet_exp(pool, ew_jet_mul(pool, f, log_b)))/ew_jet_ratio(pool, 0, 1)/' $gap
mutant $lemmas 's/ew_jet_add(pool, a, ew_jet_mul(pool, k, b))/ew_jet_sub(pool, a, ew_jet_mul(pool, k, b))/' $gap
mutant $proof 's/step_in_range(mode) \&\& alpha_in_range(mode)/step_in_range(mode)/' balance --depth 4 --eta 7/8 --alpha 51/100
mutant $proof 's/step_in_range(mode) \&\& alpha_in_range(mode)/alpha_in_range(mode)/' balance --depth 4 --eta 71/80 --alpha 1/2
mutant $jet 's/arf_cmpabs_2exp_si(lo, -40) > 0 \&\& arf_sgn(lo) > 0/arf_cmpabs_2exp_si(lo, -40) > 0/' $attracts
mutant $jet 's/arb_union(r, lo, hi, prec);/arb_set(r, lo);/' $attracts
mutant $jet 's/arb_mul_2exp_si(slope, slope, -1);//' $attracts
mutant $jet 's/_arb_vec_sub(r, x, y, 1 + pool->gradient/_arb_vec_add(r, x, y, 1 + pool->gradient/' $roots
mutant $jet 's/arb_addmul(r + i, y, x + i, pool->prec);//' $attracts
mutant $cover 's/arf_swap(hi + side, keep);/arf_set(keep, hi + side);/' $roots
mutant $cover 's/append(w->out, leaf != 0 ? leaf : COVER_UNDECIDED);/append(w->out, leaf != 0 ? leaf : '"'a'"');/; s/DEEPEST_SPLIT = 60/DEEPEST_SPLIT = 3/' $roots
mutant $cover 's/earlier + first : NULL/earlier : NULL/' $roots
mutant $poly 's/(ulong)depth - 1, worker/(ulong)depth, worker/; s/series_power(w->power, w->u, depth - 1,/series_power(w->power, w->u, depth,/' $orbit
mutant $poly 's/arb_mul_ui(t, t, n - 1, prec);/arb_mul_ui(t, t, n, prec);/' $edge
mutant $poly 's/if (crosses \&\& n > 0 \&\& n % 2 == 0)/if (false)/' $orbit
mutant $poly 's/arb_sub_ui(v, v, 3, prec);/arb_add_ui(v, v, 3, prec);/' $orbit
mutant $poly 's/arb_add_ui(w->sum, w->sum, 1, prec);/arb_sub_ui(w->sum, w->sum, 1, prec);/' $orbit
mutant $poly 's/product > 0 ? .b. : product < 0 ? .c. : 0/product > 0 ? '"'c'"' : product < 0 ? '"'b'"' : 0/' $orbit
mutant $poly 's/about->at_edge \&\& bend != 0/bend != 0/' $orbit
mutant $poly 's/proof->roots += \*c == .c. || \*c == .d.;/proof->roots += *c == '"'c'"';/' $edge

echo "$total mutants, $same with the true certificate, $unnoticed not noticed"
[ "$unnoticed" -eq 0 ]
