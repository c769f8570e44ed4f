#!/bin/sh
# Tries the two commands on a fresh Debian: makes a root of the given SUITE (bookworm: FLINT 2.9 and Arb;
# trixie: FLINT 3; the default) that has only git and make, copies the sources in, and runs the set-up, the
# build and the tests there. Needs root. The mirror is the one that this machine's apt uses.
#
#     scripts/fresh-root.sh [SUITE [DIRECTORY]]
set -eu
suite=${1:-trixie}
root=${2:-build/root-$suite}
command -v mmdebstrap > /dev/null || {
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends mmdebstrap > /dev/null
}
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
[ -n "$mirror" ] || { echo "fresh-root: apt has no mirror here" >&2; exit 4; }
if [ ! -x "$root/usr/bin/git" ]; then
    mkdir -p "$(dirname "$root")"
    mmdebstrap --quiet --variant=apt --include=git,make,ca-certificates "$suite" "$root" "$mirror"
fi
rm -rf "$root/edgewise"
mkdir -p "$root/edgewise"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$root/edgewise"
cp /etc/resolv.conf "$root/etc/resolv.conf"
for f in /etc/apt/apt.conf.d/*proxy*; do [ -e "$f" ] && cp "$f" "$root/etc/apt/apt.conf.d/"; done
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc" || true
trap 'umount "$root/proc" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
chroot "$root" /bin/sh -c 'cd /edgewise && make -j2 verify && make -j2 test &&
    grep -h "define FLINT_VERSION\|define __FLINT_RELEASE " /usr/include/flint/*.h | head -n 2'
