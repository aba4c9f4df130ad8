#!/usr/bin/env bats
# Nothing leaks, and nothing is read that was not written, in any stage.

load ../helpers/common

setup() {
  need_netns
  need_command valgrind
  # The two can't share a process.
  ! grep -q __asan_init "$PF_BIN/pf" || skip "built with a sanitizer"
  # Without a loader, it can't put its own functions in the place of malloc() and free().
  grep -q '/ld-' "$PF_BIN/pf" || skip "built static"
}

teardown() {
  release_holders
}

# Runs a command and all that it starts under valgrind, which is silent where all is well.
checked() {
  valgrind --quiet --trace-children=yes --leak-check=full --show-leak-kinds=all \
    --errors-for-leak-kinds=all --error-exitcode=99 \
    --log-file="$BATS_TEST_TMPDIR/valgrind.%p" "$@"
}

# What valgrind has found. Its lines with dashes speak of itself: it knows no pidfd_open().
complaints() {
  grep -h '^==' "$BATS_TEST_TMPDIR"/valgrind.* || true
}

@test "a listing" {
  holder tcp:127.0.0.1:0 tcp:[::1]:0,dup udp:127.0.0.1:0 --forks 2
  capture_run checked pf -tu
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  equal "complaints" "$(complaints)" ""
}

@test "a kill that has to resort to force" {
  holder tcp:127.0.0.1:0 --ignore-term
  capture_run checked pf --json --kill --force --timeout 0.1 "${ready[1]}"
  equal "stderr" "$stderr" "mksock ($holder_pid): still running: SIGKILL
mksock ($holder_pid): ended"
  equal "exit status" "$status" 0
  equal "complaints" "$(complaints)" ""
}

@test "a broken stream" {
  broken() {
    printf '%s\n' junk '{"proto":"tcp"}' '[]' '' |
      checked pf-resolve | checked pf-render --json
  }
  capture_run broken
  equal "stdout" "$stdout" '{"listeners":[]}'
  equal "complaints" "$(complaints)" ""
}

@test "bad usage" {
  capture_run checked pf --kill
  equal "exit status" "$status" 2
  equal "complaints" "$(complaints)" ""
}
