#!/bin/sh
# Runs the tests of the programs for Windows, under Wine; `make test-windows`
# calls it.
#
#   run.sh PROGRAMS HELPERS SCRATCH CACHE NETNS [TESTS...]
#
# First the tests shared with Linux, except those tagged `unix`, and those for
# Windows only. Then those with live sockets, in a network namespace that the
# program NETNS makes: these need a Wine that reports the holder of a socket,
# as version 10 does and 8 doesn't.
set -eu
cd "$(dirname "$0")/../.."

programs=$1 helpers=$2 scratch=$3 cache=$4 netns=$5
shift 5
mkdir -p "$scratch"
export PF_PROGRAMS="$programs" PF_TESTS="$helpers"

# Wine doesn't show a link whose target doesn't exist, such as `socket:[5201]`.
# Replace it with a file that contains the target, as git does on Windows.
export FIXTURES="$scratch/fixtures" PF_NO_LINKS=1
rm -rf "$FIXTURES"
cp -R fixtures "$FIXTURES"
find "$FIXTURES" -type l | while read -r link; do
  target=$(readlink "$link")
  rm "$link"
  printf %s "$target" >"$link"
done

[ $# -gt 0 ] || set -- tests/cli tests/pipeline tests/windows
sh build-aux/wine.sh 8 "$scratch/own" "$cache" "$programs" \
  bats --print-output-on-failure --filter-tags '!unix,!live' "$@"
# Downloads what it needs, since NETNS leaves no network.
sh build-aux/wine.sh 10 "$scratch/newest" "$cache" "$programs"
"$netns" sh build-aux/wine.sh 10 "$scratch/newest" "$cache" "$programs" \
  bats --print-output-on-failure --filter-tags live "$@"
