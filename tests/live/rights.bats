#!/usr/bin/env bats
# What a user without permission sees.

load ../helpers/common

setup() {
  need_netns
  need_other_user
  # A directory that an ordinary user can reach: the one of bats is closed to others.
  public=$(mktemp -d "${TMPDIR:-/tmp}/pf.XXXXXX")
  copy_programs "$public"
  cp "$PF_TESTS/mksock" "$public"
  chmod -R go+rX "$public"
}

teardown() {
  release_holders
  [ -z "${public:-}" ] || rm -r "$public"
}

need_other_user() {
  setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null ||
    skip "can't become another user"
}

as_nobody() {
  setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}

@test "an ordinary user sees that root's port is taken, with one hint to use sudo" {
  holder tcp:127.0.0.1:0
  capture_run as_nobody "$public/pf" --no-header "${ready[1]}"
  gives 0 "${ready[1]}  -  -  root  127.0.0.1" \
    "pf-collect-proc: 1 socket belongs to a process you can't see; use sudo"
}

@test "--why tells an ordinary user to use sudo to see who holds root's port" {
  holder tcp:127.0.0.1:0
  capture_run as_nobody "$public/pf" --why "${ready[1]}"
  gives 0 "127.0.0.1:${ready[1]} · hidden holder, user root
  to free it  can't tell: the holder is hidden: use sudo to see it" \
    "pf-collect-proc: 1 socket belongs to a process you can't see; use sudo"
}

@test "many hidden sockets give one hint" {
  holder tcp:127.0.0.1:0 tcp:127.0.0.1:0 tcp:[::1]:0
  capture_run as_nobody "$public/pf" --ndjson
  equal "pids" "$(jq -c .pid <<<"$stdout")" "null
null
null"
  equal "hint" "$stderr" \
    "pf-collect-proc: 3 sockets belong to processes you can't see; use sudo"
}

@test "there is no hint if every socket shown is the user's own" {
  capture_run as_nobody "$public/mksock" tcp:127.0.0.1:0 -- "$public/pf" --ndjson 1-65535
  equal "pids" "$(tail -n +2 <<<"$stdout" | jq -c '.pid == null')" false
  equal "exit status" "$status" 0
  equal "stderr" "$stderr" ""
}

@test "an ordinary user's --kill of root's port kills nothing, says why, and exits with 2" {
  holder tcp:127.0.0.1:0
  capture_run as_nobody "$public/pf" --no-header --kill "${ready[1]}"
  gives 2 "${ready[1]}  -  -  root  127.0.0.1" \
    "pf-collect-proc: 1 socket belongs to a process you can't see; use sudo
pf-kill: port ${ready[1]}: not killed: you can't see its holder: use sudo to see and to end it"
  kill -0 "$holder_pid"
}

@test "an ordinary user can't kill another user's process that root listed" {
  holder tcp:127.0.0.1:0
  local line
  line=$(pf-collect-proc "${ready[1]}" | pf-resolve)
  kill_as_nobody() {
    printf '%s\n' "$line" | as_nobody "$public/pf-kill"
  }
  capture_run kill_as_nobody
  gives 2 "" "pf-kill: mksock ($holder_pid): not killed: it is another user's: use sudo"
  kill -0 "$holder_pid"
}

@test "a process that changed its user is shown with its effective user" {
  holder_program=$BATS_TEST_TMPDIR/as-nobody
  cat >"$holder_program" <<EOF
#!/bin/sh
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$public/mksock" "\$@"
EOF
  chmod +x "$holder_program"
  holder tcp:127.0.0.1:0
  capture_run pf-collect-proc "${ready[1]}"
  equal "uid" "$(jq .uid <<<"$stdout")" 65534
}

@test "with hidepid=2 the port is still listed, with the hint" {
  unshare --mount true 2>/dev/null || skip "no mount namespace"
  holder tcp:127.0.0.1:0
  # shellcheck disable=SC2016 # for the inner shell
  capture_run unshare --mount bash -c '
    mount -t proc -o hidepid=2 proc /proc || exit 99
    setpriv --reuid=65534 --regid=65534 --clear-groups "$@"' bash \
    "$public/pf" --no-header "${ready[1]}"
  [ "$status" != 99 ] || skip "/proc can't be mounted with hidepid"
  gives 0 "${ready[1]}  -  -  root  127.0.0.1" \
    "pf-collect-proc: 1 socket belongs to a process you can't see; use sudo"
}

# bats test_tags=bare
@test "with hidepid=4 the hint stays when root has looked" {
  need_root
  unshare --mount --pid --fork true 2>/dev/null || skip "no pid namespace"
  mkfifo "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/out"
  # shellcheck disable=SC2016 # for the inner shell
  capture_run unshare --mount --pid --fork --kill-child bash -c '
    mount -t proc -o hidepid=ptraceable proc /proc || exit 99
    cd "$1" || exit
    "$2/mksock" tcp:127.0.0.1:0 <in >out &
    exec 7>in && read -r _ port <out
    "$2/pf" "$port" >table || exit
    setpriv --reuid=65534 --regid=65534 --clear-groups "$2/pf" --no-header "$port"
    exit' \
    bash "$BATS_TEST_TMPDIR" "$public"
  [ "$status" != 99 ] || skip "/proc can't be mounted with hidepid=ptraceable"
  grep mksock "$BATS_TEST_TMPDIR/table"
  gives 0 "${stdout%% *}  -  -  root  127.0.0.1" \
    "pf-collect-proc: 1 socket belongs to a process you can't see; use sudo"
}

# bats test_tags=bare
@test "with hidepid=2 a process is not killed by a command it started as another user" {
  need_root
  unshare --mount true 2>/dev/null || skip "no mount namespace"
  [ "$(printf '6.13\n%s\n' "$(uname -r)" | sort -V | head -n 1)" = 6.13 ] ||
    skip "Linux before 6.13 tells nobody the parents of hidden processes"
  mkfifo "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/out"
  # The holder runs as nobody, its child as root, and pf as nobody again.
  # shellcheck disable=SC2016 # for the inner shell
  capture_run unshare --mount bash -c '
    mount -t proc -o hidepid=2 proc /proc || exit 99
    cd "$1" && shift
    (exec 7>in && read -r _ port <out && "${@:2}" "$1/pf" --no-header --kill "$port"; echo "status $?") &
    exec "${@:2}" "$1/mksock" tcp:127.0.0.1:0 <in >out' bash "$BATS_TEST_TMPDIR" "$public" \
    setpriv --reuid=65534 --regid=65534 --clear-groups
  [ "$status" != 99 ] || skip "/proc can't be mounted with hidepid"
  local port pid
  read -r port pid _ <<<"$stdout"
  gives 0 "$port  $pid  mksock  nobody  127.0.0.1
status 2" "pf-kill: mksock ($pid): not killed: it started this command, which would end with it: run this from another session"
}

passed_over="skipped: users other than root can write to it or to a directory above it"

# others_may_write: makes a world-writable directory with a program pf-hello, first on PATH.
others_may_write() {
  mkdir "$public/open"
  printf '#!/bin/sh\necho hello\n' >"$public/open/pf-hello"
  cp "$public/open/pf-hello" "$public/open/pf-collect-hello"
  chmod 755 "$public/open"/*
  chmod 777 "$public/open"
  PATH=$public/open:$PATH
}

@test "root doesn't run a program from a directory that others can write to, and the message says so" {
  need_root
  others_may_write
  capture_run pf hello
  gives 2 "" "pf: $public/open/pf-hello: $passed_over"
  capture_run pf --collector hello 3000
  equal "exit status" "$status" 2
  equal "message" "$stderr" \
    "pf: $public/open/pf-collect-hello: $passed_over"
  PF_NETSTAT=$public/open/pf-hello capture_run pf-collect-netstat
  gives 2 "" "pf-collect-netstat: $public/open/pf-hello: $passed_over"
  PF_NETSTAT=$public/open/pf-hello capture_run pf-collect-netstat --probe
  gives 1 "" ""
  chmod 755 "$public/open"
  capture_run pf hello
  gives 0 hello ""
}

@test "root doesn't run a program that others can write to through an ACL, and the message says so" {
  need_root
  others_may_write
  chmod 755 "$public/open"
  "$PF_TESTS/acl" 65534 "$public/open" || skip "no access control lists here"
  as_nobody touch "$public/open/mine"
  capture_run pf hello
  gives 2 "" "pf: $public/open/pf-hello: $passed_over"
  chmod g-w "$public/open"
  capture_run pf hello
  gives 0 hello ""
  "$PF_TESTS/acl" 65534 "$public/open/pf-hello"
  capture_run pf hello
  gives 2 "" "pf: $public/open/pf-hello: $passed_over"
}

@test "root doesn't run a getent that others can replace, and the user stays a number" {
  need_root
  mkdir "$public/open"
  printf '#!/bin/sh\necho "mallory:x:4000001:0:::"\n' >"$public/getent"
  chmod 755 "$public/getent"
  ln -s "$public/getent" "$public/open/getent"
  chmod 777 "$public/open"
  local line='{"proto":"tcp","family":"ipv4","address":"192.0.2.1","port":80,"pid":null,"uid":4000001,"command":"a","user":null}'
  resolve() { echo "$line" | pf-resolve; }
  PATH=$public/open:$PATH capture_run resolve
  gives 0 "$line" ""
  mkdir "$public/linked"
  ln -s "$public/open/getent" "$public/linked/getent"
  PATH=$public/linked:$PATH capture_run resolve
  gives 0 "$line" ""
}

@test "an ordinary user runs the programs on PATH" {
  others_may_write
  capture_run as_nobody "$public/pf" hello
  gives 0 hello ""
}

@test "an ordinary user doesn't run programs from the current directory either" {
  others_may_write
  cd "$public/open"
  local path
  for path in ".:/usr/bin:/bin" ":/usr/bin:/bin" "/usr/bin:/bin:" "../open:/usr/bin:/bin"; do
    capture_run env "PATH=$path" setpriv --reuid=65534 --regid=65534 --clear-groups \
      "$public/pf" hello
    gives 2 "" "pf: hello: not a port number, and there is no pf-hello command (see pf --help)"
  done
}

@test "no program has a set-user-ID or set-group-ID bit" {
  equal "programs with one" "$(find "$PF_BIN" -perm /6000)" ""
}

# bats test_tags=bare
@test "a process whose cgroup can't be read is spared, and the others are killed" {
  need_root
  unshare --mount true 2>/dev/null || skip "no mount namespace"
  local pids=() ports=()
  for _ in 1 2 3; do
    holder tcp:127.0.0.1:0
    pids+=("$holder_pid")
    ports+=("${ready[1]}")
  done
  # Reading its memory at address 0 fails.
  # shellcheck disable=SC2016 # for the inner shell
  capture_run unshare --mount bash -c '
    mount --bind "/proc/$1/mem" "/proc/$1/cgroup" || exit 99
    shift && exec "$@"' bash "${pids[1]}" "$PF_BIN/pf" --kill "${ports[@]}"
  [ "$status" != 99 ] || skip "nothing can be mounted on a file of /proc"
  equal "exit status" "$status" 2
  kill -0 "${pids[1]}"
  equal "killed" "$(grep -c ': ended$' <<<"$stdout")" 2
  grep -Fx "pf-kill: mksock (${pids[1]}): not killed (--force overrides): whether anything would restart it is unknown" \
    <<<"$stderr"
}
