# What can fail is let fail, one call after another: `load faults` in a bats file.
# shellcheck shell=bash disable=SC2034 # the tests use what is not used here

# What each call can fail with, in ways of which each program has to make something else.
ALLOCATIONS="malloc:ENOMEM calloc:ENOMEM realloc:ENOMEM"
READS="openat:EMFILE,EIO open:EMFILE read:EIO,EINTR,EAGAIN,short fstat:EIO fstatat:EIO stat:EACCES lstat:EACCES getxattr:EIO \
readlink:EIO readlinkat:EIO,ENOMEM fstatfs:EIO syscall:EIO,EMFILE close:EIO"
WRITES="write:EIO,ENOSPC,EPIPE,EINTR,EAGAIN,short"
CHILDREN="pipe:EMFILE posix_spawn:EAGAIN,ENOMEM waitpid:EINTR,ECHILD waitid:EINTR,ECHILD \
poll:EINTR,ENOMEM"
SOCKETS="socket:EMFILE,EACCES send:ENOBUFS,EINTR recv:ENOBUFS,EINTR,short bind:EPERM setsockopt:ENOMEM \
pthread_create:EAGAIN"
# Where more follow, it is the number of faults that is wrong.
FAULTS_MAX=2000

# each_fault PROGRAM CALLS CHECK COMMAND...: runs the command with its stdin from $input, first
# as it is, and then once for each time that PROGRAM makes each of the calls, which fails. Each
# run leaves $status and the files out and err in $here, the first its own in $expected_status,
# expected.out and expected.err. CHECK is called after each but that, and fails where something
# is wrong. $before_run, where it is set, is called before each.
each_fault() {
  local program=$1 calls=$2 check=$3 spec call how number=0 before=$fault_count
  shift 3
  run_once "$@"
  expected_status=$status
  [ "$expected_status" -le 1 ] || {
    printf '%s: exit status %s without a fault\n' "$*" "$status"
    cat "$here/err"
    return 1
  }
  mv "$here/out" "$here/expected.out"
  mv "$here/err" "$here/expected.err"
  for spec in $calls; do
    call=${spec%%:*}
    for how in $(tr , ' ' <<<"${spec#*:}"); do
      for ((number = 1; number < FAULTS_MAX; number++)); do
        rm -f "$here/hit"
        PF_FAULT_IN=$program PF_FAULT=$call PF_FAULT_AT=$number PF_FAULT_HOW=$how \
          PF_FAULT_HIT=$here/hit run_once "$@"
        [ -e "$here/hit" ] || break
        fault_count=$((fault_count + 1))
        fault="$how in call $number of $call"
        "$check" || {
          printf '%s: %s: exit status %s\n--- stdout\n%s\n--- stderr\n%s\n' \
            "$*" "$fault" "$status" "$(cat "$here/out")" "$(cat "$here/err")"
          return 1
        }
      done
      [ "$number" -lt "$FAULTS_MAX" ]
    done
  done
  [ "$fault_count" -gt "$before" ]
}

run_once() {
  "${before_run:-:}"
  status=0
  timeout 20 "$@" <"${input:-/dev/null}" >"$here/out" 2>"$here/err" 3>&- || status=$?
}

# Messages that the faultless run did not have: each with the name of its program.
new_messages() {
  grep -vxFf "$here/expected.err" "$here/err" | tee "$here/new" | grep -qvE '^pf[-a-z]*: .' && return 1
  [ -s "$here/new" ]
}

# Either it makes no difference, but for a message at most; or there is a message, and the
# exit status is 2. Never a signal, never silence, never a run that doesn't end.
is_honest() {
  if [ "$status" = "$expected_status" ] && cmp -s "$here/out" "$here/expected.out"; then
    cmp -s "$here/err" "$here/expected.err" || new_messages || is_lost_message
  elif [ "$status" = "$expected_status" ]; then
    # To a reader that has gone nothing can be said.
    [[ $fault = EPIPE* ]] && [ ! -s "$here/out" ]
  else
    [ "$status" = 2 ] && new_messages
  fi
}

# A message may itself be what could not be written.
is_lost_message() {
  [[ $fault = *"of write" ]]
}

# What is written is good as far as it goes: whole lines of the stream.
gives_good_lines() {
  is_honest && { [ ! -s "$here/out" ] || pf-render --ndjson <"$here/out" >"$here/rendered"; }
}

# The same, and no line is missing; but counts where one has to be.
gives_all_lines() {
  gives_good_lines || return 1
  [ "$(wc -l <"$here/out")" -ge "$(wc -l <"$here/expected.out")" ] ||
    lost_count=$((lost_count + 1))
}

# What is written is what would be, as far as it goes, or says that there is nothing.
gives_a_beginning() {
  is_honest && { cmp -s -n "$(stat -c %s "$here/out")" "$here/out" "$here/expected.out" ||
    [ "$(cat "$here/out")" = '{"listeners":[]}' ]; }
}

# For the log: how many faults there were.
tell_count() {
  printf '# %s faults: %s\n' "$fault_count" "$BATS_TEST_DESCRIPTION" >&3
}

setup() {
  here=$BATS_TEST_TMPDIR
  fault_count=0
  lost_count=0
  input=/dev/null
}

teardown() {
  release_holders
  tell_count
}

# A holder of one port, the listing of which is left in the file $line.
one_holder() {
  need_netns
  holder tcp:127.0.0.1:0
  port=${ready[1]}
  line=$here/line
  pf-collect-proc "$port" >"$line"
}
