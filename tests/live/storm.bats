#!/usr/bin/env bats
# While processes and sockets come and go by the thousand: no crash, no wrong holder, and the one
# that stays is in every answer. STORM_RUNS says how often pf is run.

load ../helpers/common

setup() {
  need_netns
  runs=${STORM_RUNS:-10}
}

teardown() {
  release_holders
}

# A holder that stays, and the storm. Leaves the holder's pid in $steady and its port in $port.
storm() {
  holder tcp:127.0.0.1:0
  steady=$holder_pid
  port=${ready[1]}
  holder_program=$PF_TESTS/storm holder 3
}

@test "the port that is asked for has its one holder, each time" {
  storm
  local i
  for ((i = 0; i < runs; i++)); do
    capture_run pf --no-header "$port"
    gives 0 "$port  $steady  mksock  $(user)  127.0.0.1" ""
  done
}

@test "in the whole list it is once, and every other row is of the storm or without a holder" {
  storm
  local i
  for ((i = 0; i < runs; i++)); do
    capture_run pf --ndjson
    equal "rows of the steady one" \
      "$(jq -c --argjson port "$port" 'select(.port == $port) | [.pid, .command]' <<<"$stdout")" \
      "[$steady,\"mksock\"]"
    equal "others" "$(jq -r --argjson port "$port" \
      'select(.port != $port and .pid != null and .command != null) | .command' <<<"$stdout" |
      sort -u | sed 's/^storm$//')" ""
    equal "exit status" "$status" 0
  done
}

@test "with 32 descriptors it is found as well" {
  storm
  ulimit -n 32
  capture_run pf --no-header "$port"
  gives 0 "$port  $steady  mksock  $(user)  127.0.0.1" ""
}
