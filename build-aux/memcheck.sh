#!/bin/sh
# Runs the unit tests, and the bats tests with the programs in $PF_BIN, under valgrind's memcheck. Exits
# with 1 if it reports anything or a test fails.
#
#   memcheck.sh DIRECTORY NETNS UNIT-TESTS -- TESTS...
#
# NETNS is the command that runs another one in its own network namespace. Reports go to
# DIRECTORY/found, one file per process; pids are not unique, as tests use pid namespaces.
set -eu

directory=$1 in_netns=$2
shift 2
here=$(dirname "$0")
rm -rf "$directory"
mkdir -p "$directory/found"
# Some tests run the programs as other users.
chmod 1777 "$directory/found"

# Absolute paths, as some tests change PATH. Memory still reachable when a signal ends a process is not
# a leak.
memcheck="$(command -v valgrind) --quiet --leak-check=full --show-leak-kinds=definite,indirect \
--errors-for-leak-kinds=definite,indirect --error-exitcode=99 \
--log-file=\"\$($(command -v mktemp) '$directory/found/XXXXXXXX')\""

# Skips unit tests that valgrind can't run.
export PF_VALGRIND=1

status=0
while [ "$1" != -- ]; do
  eval "$memcheck \"\$1\"" || status=1
  shift
done
shift
sh "$here/wrap.sh" "$memcheck" "$PF_BIN" "$directory/scripts"
PF_BIN=$directory/scripts PF_TAGS='!bare' PF_TEST_TIMEOUT=1800 bash tests/run.sh "$in_netns" "$@" || status=1

# Other output, such as warnings about pidfds, which valgrind doesn't have, is ignored.
count=$(find "$directory/found" -type f | wc -l)
if grep -h '^==' "$directory"/found/*; then
  status=1
fi
echo "memcheck: $count processes"
[ "$count" -gt 0 ] || status=1
exit "$status"
