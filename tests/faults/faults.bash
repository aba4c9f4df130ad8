# Makes each call of a program fail in turn: `load faults` in a bats file.
# shellcheck shell=bash disable=SC2034 # the tests use what is not used here

# The errors that each call can fail with, one for each way in which programs react.
ALLOCATIONS="malloc:ENOMEM calloc:ENOMEM realloc:ENOMEM"
READS="openat:EMFILE,EIO open:EMFILE read:EIO,EINTR,EAGAIN,short fstat:EIO fstatat:EIO stat:EACCES lstat:EACCES getxattr:EIO \
readlink:EIO readlinkat:EIO,ENOMEM fstatfs:EIO syscall:EIO,EMFILE close:EIO"
WRITES="write:EIO,ENOSPC,EPIPE,EINTR,EAGAIN,short"
CHILDREN="pipe:EMFILE posix_spawn:EAGAIN,ENOMEM waitpid:EINTR,ECHILD waitid:EINTR,ECHILD \
poll:EINTR,ENOMEM"
SOCKETS="socket:EMFILE,EACCES send:ENOBUFS,EINTR recv:ENOBUFS,EINTR,short bind:EPERM setsockopt:ENOMEM \
pthread_create:EAGAIN"
# More than this means that the counting of the faults is broken.
FAULTS_MAX=2000

# each_fault PROGRAM CALLS CHECK COMMAND...: runs the command with stdin from $input, first without
# a fault, and then once for each time that PROGRAM makes one of the calls, which then fails. Each
# run leaves $status and the files out and err in $here; the first run leaves $expected_status,
# expected.out and expected.err. CHECK runs after each later run, and fails if something is wrong.
# $before_run, if set, is called before each run.
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

# Messages that the run without a fault didn't have; each must begin with a program's name.
new_messages() {
  grep -vxFf "$here/expected.err" "$here/err" | tee "$here/new" | grep -qvE '^pf[-a-z]*: .' && return 1
  [ -s "$here/new" ]
}

# Either the fault makes no difference except for a message, or there is a message and the exit
# status is 2. Never a signal, never silence, never a hang.
is_honest() {
  if [ "$status" = "$expected_status" ] && cmp -s "$here/out" "$here/expected.out"; then
    cmp -s "$here/err" "$here/expected.err" || new_messages || is_lost_message
  elif [ "$status" = "$expected_status" ]; then
    # A reader that has closed the pipe can't be told anything.
    [[ $fault = EPIPE* ]] && [ ! -s "$here/out" ]
  else
    [ "$status" = 2 ] && new_messages
  fi
}

# The failed call may be the write of the message itself.
is_lost_message() {
  [[ $fault = *"of write" ]]
}

# All output consists of complete lines of the stream.
gives_good_lines() {
  is_honest && { [ ! -s "$here/out" ] || pf-render --ndjson <"$here/out" >"$here/rendered"; }
}

# Likewise, and no line may be missing; counts the exceptions that a test must expect.
gives_all_lines() {
  gives_good_lines || return 1
  [ "$(wc -l <"$here/out")" -ge "$(wc -l <"$here/expected.out")" ] ||
    lost_count=$((lost_count + 1))
}

# The output is the beginning of the expected one, or an empty list.
gives_a_beginning() {
  is_honest && { cmp -s -n "$(stat -c %s "$here/out")" "$here/out" "$here/expected.out" ||
    [ "$(cat "$here/out")" = '{"listeners":[]}' ]; }
}

# For the log: the number of faults.
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

# one_holder: a holder of one port, whose line is in the file $line.
one_holder() {
  need_netns
  holder tcp:127.0.0.1:0
  port=${ready[1]}
  line=$here/line
  pf-collect-proc "$port" >"$line"
}
