#!/usr/bin/env bats
# Each call of pf or pf-kill fails once, in turn. Needs programs built with FAULTS=1.
# shellcheck disable=SC2034 # each_fault uses what is not used here

load ../helpers/common
load faults

# Starts a new holder if the last one has ended.
renew_holder() {
  kill -0 "$holder_pid" 2>/dev/null && return
  # Otherwise each run would have one more descriptor to examine.
  local fd=${holder_fds[-1]}
  exec {fd}>&-
  unset 'holder_fds[-1]' 'holder_pids[-1]'
  list_holder
}

# list_holder: starts a holder, and leaves its lines in $input; pf-collect-proc runs under $lister.
list_holder() {
  input=$here/input
  holder tcp:127.0.0.1:0
  "${lister[@]}" pf-collect-proc "${ready[1]}" | pf-resolve >"$input"
}

# Exit status 0 means that the holder has ended; no other process may ever end.
ends_only_the_holder() {
  kill -0 "$bystander" || return 1
  if [ "$status" = 0 ]; then
    ! kill -0 "$holder_pid" 2>/dev/null
  else
    [ "$status" = 2 ] && { new_messages || is_lost_message; }
  fi
}

@test "pf-kill kills the listed process or says why not, and never another one" {
  one_holder
  bystander=$holder_pid
  list_holder
  before_run=renew_holder
  each_fault pf-kill "$ALLOCATIONS $READS $WRITES poll:EINTR,ENOMEM" ends_only_the_holder pf-kill
  each_fault pf-kill "$ALLOCATIONS $READS" ends_only_the_holder pf-kill --force
}

@test "pf-kill without pidfds in the kernel" {
  one_holder
  bystander=$holder_pid
  lister=("$PF_TESTS/without" pidfds)
  list_holder
  before_run=renew_holder
  each_fault pf-kill "$READS poll:EINTR,ENOMEM kill:EPERM,EINVAL" ends_only_the_holder \
    "${lister[@]}" pf-kill
}

@test "pf with a table, with JSON, and with --dry-run" {
  one_holder
  local calls="$ALLOCATIONS $READS $WRITES $CHILDREN"
  each_fault pf "$calls" gives_a_beginning pf "$port"
  each_fault pf "$calls" gives_a_beginning pf --json "$port"
  each_fault pf "$calls" gives_a_beginning pf --kill --dry-run "$port"
}

@test "pf --kill exits with 0 only if the holder has ended, and never kills another process" {
  one_holder
  bystander=$holder_pid
  list_holder
  before_run=renew_holder
  # shellcheck disable=SC2016 # the port is that of the holder of this run
  each_fault pf "$ALLOCATIONS $READS $WRITES $CHILDREN" ends_only_the_holder \
    sh -c 'exec pf --kill "$(jq .port "$1")"' sh "$input"
}

@test "pf NAME becomes the program, or says why not" {
  input=$FIXTURES/proc/prefork/expected.ndjson
  each_fault pf "$READS $WRITES execv:EACCES,ENOMEM" gives_a_beginning pf render
}

@test "pf --wait" {
  one_holder
  each_fault pf "$ALLOCATIONS $READS $WRITES $CHILDREN $SOCKETS" gives_a_beginning \
    pf --wait --timeout 0.02 "$port"
}

@test "pf and its stages with few descriptors" {
  one_holder
  local limit
  # With fewer, the dynamic linker couldn't even load the libraries of a program.
  for ((limit = 4; limit <= 24; limit++)); do
    fault="a limit of $limit descriptors"
    expected_status=0
    : >"$here/expected.err"
    pf "$port" >"$here/expected.out"
    run_once bash -c "ulimit -n $limit && exec pf $port"
    fault_count=$((fault_count + 1))
    is_honest || {
      printf '%s: exit status %s\n' "$fault" "$status"
      cat "$here/out" "$here/err"
      return 1
    }
  done
}
