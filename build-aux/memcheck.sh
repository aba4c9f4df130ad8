#!/bin/sh
# Runs the unit tests, and the bats tests with each program, under valgrind's memcheck. Prints what
# it has found. Exits with 1 where that is anything, or a test fails.
#
#   memcheck.sh DIRECTORY 'COMMAND that gives a network of its own' UNIT-TESTS -- TESTS...
#
# The programs are in $PF_BIN. What is found goes to DIRECTORY/found, a file for each process:
# pids would do for no names, as there is more than one pid namespace.
set -eu

directory=$1 in_netns=$2
shift 2
here=$(dirname "$0")
rm -rf "$directory"
mkdir -p "$directory/found"
# Some tests run the programs as other users.
chmod 1777 "$directory/found"

# Programs by their paths, for tests that choose another PATH. Of what a process holds when a
# signal ends it, some is still in use: what nothing points to any more is a leak in any case.
memcheck="$(command -v valgrind) --quiet --leak-check=full --show-leak-kinds=definite,indirect \
--errors-for-leak-kinds=definite,indirect --error-exitcode=99 \
--log-file=\"\$($(command -v mktemp) '$directory/found/XXXXXXXX')\""

# For the unit tests that it can't run.
export PF_VALGRIND=1

status=0
while [ "$1" != -- ]; do
  eval "$memcheck \"\$1\"" || status=1
  shift
done
shift
sh "$here/wrap.sh" "$memcheck" "$PF_BIN" "$directory/scripts"
PF_BIN=$directory/scripts PF_TAGS='!bare' PF_TEST_TIMEOUT=1800 bash tests/run.sh "$in_netns" "$@" || status=1

# It knows nothing of pidfds, and says so: pf then does as on a Linux before 5.3.
count=$(find "$directory/found" -type f | wc -l)
if grep -h '^==' "$directory"/found/*; then
  status=1
fi
echo "memcheck: $count processes"
[ "$count" -gt 0 ] || status=1
exit "$status"
