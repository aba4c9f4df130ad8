#!/bin/sh
# Builds with coverage into DIRECTORY, using $MAKE, runs the tests, and prints which lines they ran: of
# lib/ and the parsers, and of everything. Exits with 1 if that is too little or a test fails.
#
#   coverage.sh DIRECTORY
set -eu

build=$1

# Threads would lose counts without atomic updates.
run_make() {
	$MAKE --no-print-directory BUILD="$build" LDFLAGS=--coverage \
		CFLAGS='-O0 -g --coverage -fprofile-update=atomic' "$@"
}

# lines TITLE MINIMUM FILTER...: prints the part of the report that matches a FILTER.
lines() {
	title=$1 least=$2
	shift 2
	printf '\n%s: at least %s %%\n' "$title" "$least"
	for filter; do
		set -- "$@" --filter "$filter"
		shift
	done
	# If a signal ends a process in the middle of a function, gcov may print a negative branch count,
	# which gcovr would reject. Branches don't matter here.
	gcovr --root . --object-directory "$build/obj" --gcov-ignore-parse-errors \
		--fail-under-line "$least" "$@"
}

rm -rf "$build"
run_make all test-helpers
# Some tests run the programs as other users, who must be able to write the counts.
find "$build/obj" -type d -exec chmod a+rwx {} +
find "$build/obj" -name '*.gcno' | while read -r notes; do
	install -m 666 /dev/null "${notes%.gcno}.gcda"
done
# Errors of gcov must not end up in messages that tests compare.
GCOV_ERROR_FILE=/dev/null run_make test

status=0
lines 'lib/ and the parsers' 95 lib/ \
	'collectors/.*(proc_net|sock_diag|lsof_fields|lsof_listing|bsd_netstat|windows_netstat|endpoint|ip_table)\.c' \
	'pf-resolve/(passwd|tasklist)\.c' || status=1
lines 'Everything' 90 lib/ collectors/ pf/ pf-resolve/ pf-render/ pf-kill/ || status=1
exit "$status"
