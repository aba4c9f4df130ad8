#!/bin/sh
# Prints which lines the tests have run: of each file, of lib/ and the parsers, and of the whole.
# Exits with 1 where that is too little, or a test fails.
#
#   coverage.sh DIRECTORY     which the programs are built into; $MAKE is the make to build with
set -eu

build=$1

# gcc's threads would lose counts without atomic updates.
run_make() {
	$MAKE --no-print-directory BUILD="$build" LDFLAGS=--coverage \
		CFLAGS='-O0 -g --coverage -fprofile-update=atomic' "$@"
}

# lines TITLE LEAST FILTER...: prints the part of the report that FILTERs name.
lines() {
	title=$1 least=$2
	shift 2
	printf '\n%s, of which %s %% are asked for\n' "$title" "$least"
	for filter; do
		set -- "$@" --filter "$filter"
		shift
	done
	# Where a signal ends a process in the middle of a function, gcov may reckon that a branch was
	# taken less than never, which gcovr takes for garbage. Branches are not asked for.
	gcovr --root . --object-directory "$build/obj" --gcov-ignore-parse-errors \
		--fail-under-line "$least" "$@"
}

rm -rf "$build"
run_make all test-helpers
# Some tests run the programs as other users, who have to find files that they can write to.
find "$build/obj" -type d -exec chmod a+rwx {} +
find "$build/obj" -name '*.gcno' | while read -r notes; do
	install -m 666 /dev/null "${notes%.gcno}.gcda"
done
# Those who still can't have nothing to say of it, where a test looks at messages.
GCOV_ERROR_FILE=/dev/null run_make test

status=0
lines 'lib/ and the parsers' 95 lib/ \
	'collectors/.*(proc_net|sock_diag|lsof_fields|lsof_listing|bsd_netstat|windows_netstat|endpoint|ip_table)\.c' \
	'pf-resolve/(passwd|tasklist)\.c' || status=1
lines 'The whole' 90 lib/ collectors/ pf/ pf-resolve/ pf-render/ pf-kill/ || status=1
exit "$status"
