#!/usr/bin/env bats
# No stage leaks memory, or reads memory it hasn't written.

load ../helpers/common

setup() {
  need_netns
  need_command valgrind
  # valgrind and a sanitizer can't share a process.
  ! grep -q __asan_init "$PF_BIN/pf" || skip "built with a sanitizer"
  # Without a dynamic loader, valgrind can't replace malloc() and free().
  grep -q '/ld-' "$PF_BIN/pf" || skip "built static"
}

teardown() {
  release_holders
}

# checked COMMAND...: runs it and its children under valgrind, which logs only errors.
checked() {
  valgrind --quiet --trace-children=yes --leak-check=full --show-leak-kinds=all \
    --errors-for-leak-kinds=all --error-exitcode=99 \
    --log-file="$BATS_TEST_TMPDIR/valgrind.%p" "$@"
}

# The errors. Lines with dashes are valgrind's warnings, such as that it doesn't know pidfd_open().
complaints() {
  grep -h '^==' "$BATS_TEST_TMPDIR"/valgrind.* || true
}

@test "a listing neither leaks nor misreads memory" {
  holder tcp:127.0.0.1:0 tcp:[::1]:0,dup udp:127.0.0.1:0 --forks 2
  capture_run checked pf -tu
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  equal "complaints" "$(complaints)" ""
}

@test "a kill that needs SIGKILL neither leaks nor misreads memory" {
  holder tcp:127.0.0.1:0 --ignore-term
  capture_run checked pf --json --kill --force --timeout 0.1 "${ready[1]}"
  equal "stderr" "$stderr" "mksock ($holder_pid): still running: SIGKILL
mksock ($holder_pid): ended"
  equal "exit status" "$status" 0
  equal "complaints" "$(complaints)" ""
}

@test "a malformed stream neither leaks nor misreads memory" {
  broken() {
    printf '%s\n' junk '{"proto":"tcp"}' '[]' '' |
      checked pf-resolve | checked pf-render --json
  }
  capture_run broken
  equal "stdout" "$stdout" '{"listeners":[]}'
  equal "complaints" "$(complaints)" ""
}

@test "a usage error neither leaks nor misreads memory" {
  capture_run checked pf --kill
  equal "exit status" "$status" 2
  equal "complaints" "$(complaints)" ""
}
