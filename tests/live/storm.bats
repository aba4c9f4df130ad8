#!/usr/bin/env bats
# While processes and sockets come and go by the thousand: no crash, no wrong holder, and the
# lasting holder is in every listing. STORM_RUNS is how often pf is run.

load ../helpers/common

setup() {
  need_netns
  runs=${STORM_RUNS:-10}
}

teardown() {
  release_holders
}

# A lasting holder, and the storm. Leaves the holder's pid in $steady and its port in $port.
storm() {
  holder tcp:127.0.0.1:0
  steady=$holder_pid
  port=${ready[1]}
  holder_program=$PF_TESTS/storm holder 3
}

@test "the requested port has its one holder every time" {
  storm
  local i
  for ((i = 0; i < runs; i++)); do
    capture_run pf --no-header "$port"
    gives 0 "$port  $steady  mksock  $(user)  127.0.0.1" ""
  done
}

@test "the whole list has the lasting holder once, and otherwise only the storm's sockets" {
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

@test "with 32 descriptors, the lasting holder is found too" {
  storm
  ulimit -n 32
  capture_run pf --no-header "$port"
  gives 0 "$port  $steady  mksock  $(user)  127.0.0.1" ""
}
