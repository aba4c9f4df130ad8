#!/usr/bin/env bats
# What any user's process may do to hide its ports, or those of others.

load ../helpers/common

setup() {
  need_netns
  cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
  release_holders
}

# A holder whose program, working directory and third descriptor have a longer path than the kernel
# reports: 4096 bytes.
holder_in_the_deep() {
  holder_program=$BATS_TEST_TMPDIR/in-the-deep
  cat >"$holder_program" <<EOF
#!/bin/bash
name=\$(printf 'd%.0s' {1..250})
for _ in {1..20}; do
  mkdir "\$name" && cd -P "\$name" 2>/dev/null || exit
done
cp "$PF_TESTS/mksock" a-name-of-some-length
exec env ./a-name-of-some-length "\$@" 3<.
EOF
  chmod +x "$holder_program"
  holder "$@"
  unset holder_program
}

@test "a holder whose descriptor, directory and program have too long a path is shown and killed" {
  holder_in_the_deep tcp:127.0.0.1:0
  capture_run pf --no-header "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  a-name-of-some-length  $(user)  127.0.0.1" ""
  capture_run pf --wide --ndjson "${ready[1]}"
  equal "what is told" "$(jq -c '[.pid, .command, .cwd]' <<<"$stdout")" \
    "[$holder_pid,\"a-name-of-some-length\",null]"
  equal "messages" "$stderr" ""
  equal "exit status" "$status" 0
  capture_run pf --no-header --kill "${ready[1]}"
  equal "messages" "$stderr" ""
  equal "exit status" "$status" 0
}

@test "such a process doesn't hide another holder's port" {
  holder_in_the_deep tcp:127.0.0.1:0
  holder tcp:127.0.0.1:0
  capture_run pf --no-header --kill "${ready[1]}"
  equal "messages" "$stderr" ""
  equal "exit status" "$status" 0
}

@test "a port is never reported free if its holder opens a new socket before closing the old one" {
  holder --rotate tcp:127.0.0.1:0,reuseport
  local i
  for ((i = 0; i < 20; i++)); do
    capture_run pf --ndjson "${ready[1]}"
    equal "exit status" "$status" 0
    # The socket may be closed before its holder is found.
    equal "holders" "$(jq ".pid // $holder_pid" <<<"$stdout" | sort -u)" "$holder_pid"
  done
}

@test "a holder is found through a thread with its own descriptor table" {
  need_root
  holder --own-table tcp:127.0.0.1:0
  capture_run pf --no-header "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1" ""
  capture_run pf --no-header --kill "${ready[1]}"
  equal "messages" "$stderr" ""
  equal "exit status" "$status" 0
}
