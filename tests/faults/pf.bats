#!/usr/bin/env bats
# One call of pf or pf-kill fails, each in turn. Needs programs made with FAULTS=1.
# shellcheck disable=SC2034 # each_fault uses what is not used here

load ../helpers/common
load faults

# Where the holder has ended, there is a new one.
renew_holder() {
  kill -0 "$holder_pid" 2>/dev/null && return
  # What is left of the old one would be one descriptor more to look at, each time.
  local fd=${holder_fds[-1]}
  exec {fd}>&-
  unset 'holder_fds[-1]' 'holder_pids[-1]'
  list_holder
}

# A new holder, and in $input what is listed of it, where $lister is set by pf-collect-proc in that.
list_holder() {
  input=$here/input
  holder tcp:127.0.0.1:0
  "${lister[@]}" pf-collect-proc "${ready[1]}" | pf-resolve >"$input"
}

# Exit status 0 says that the holder has ended, and no other process ever has.
ends_only_the_holder() {
  kill -0 "$bystander" || return 1
  if [ "$status" = 0 ]; then
    ! kill -0 "$holder_pid" 2>/dev/null
  else
    [ "$status" = 2 ] && { new_messages || is_lost_message; }
  fi
}

@test "pf-kill ends what was listed, or says why not, and nothing else ever" {
  one_holder
  bystander=$holder_pid
  list_holder
  before_run=renew_holder
  each_fault pf-kill "$ALLOCATIONS $READS $WRITES poll:EINTR,ENOMEM" ends_only_the_holder pf-kill
  each_fault pf-kill "$ALLOCATIONS $READS" ends_only_the_holder pf-kill --force
}

@test "pf-kill, where Linux has no pidfds" {
  one_holder
  bystander=$holder_pid
  lister=("$PF_TESTS/without" pidfds)
  list_holder
  before_run=renew_holder
  each_fault pf-kill "$READS poll:EINTR,ENOMEM kill:EPERM,EINVAL" ends_only_the_holder \
    "${lister[@]}" pf-kill
}

@test "pf, its list, its JSON, and what it would end" {
  one_holder
  local calls="$ALLOCATIONS $READS $WRITES $CHILDREN"
  each_fault pf "$calls" gives_a_beginning pf "$port"
  each_fault pf "$calls" gives_a_beginning pf --json "$port"
  each_fault pf "$calls" gives_a_beginning pf --kill --dry-run "$port"
}

@test "pf --kill: exit status 0 says that the holder has ended, and nothing else ever does" {
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

@test "with few descriptors, each program and all of it" {
  one_holder
  local limit
  # With fewer, no library could be opened, and no program of anybody's would start.
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
