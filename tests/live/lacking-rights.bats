#!/usr/bin/env bats
# Root with restricted permissions: in a user namespace, without capabilities, without /proc, in a
# chroot. The port is never reported free for lack of permission, and the hint says what would help.

load ../helpers/common

setup() {
  need_netns
  need_root
  [ "$(readlink /proc/self/ns/user)" = "user:[4026531837]" ] || skip "not the machine's root"
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

# shows USER HINT COMMAND...: the table, the explanation and the kill of a port with a hidden
# holder. USER is empty if the user is unknown too. COMMAND runs its arguments with restricted
# permissions.
shows() {
  local user=$1 hint=$2 port row story
  shift 2
  holder tcp:127.0.0.1:0
  port=${ready[1]}
  row="$port  -  -  ${user:+$user  }127.0.0.1"
  story="127.0.0.1:$port · hidden holder${user:+, user $user}"
  local hidden="pf-collect-proc: 1 socket belongs to a process you can't see; $hint"
  capture_run "$@" "$public/pf" --no-header "$port"
  gives 0 "$row" "$hidden"
  capture_run "$@" "$public/pf" --why "$port"
  gives 0 "$story
  to free it  can't tell: the holder is hidden: $hint to see it" "$hidden"
  capture_run "$@" "$public/pf" --no-header --kill --force "$port"
  gives 2 "$row" "$hidden
pf-kill: port $port: not killed: you can't see its holder: $hint to see and to end it"
  capture_run "$@" "$public/pf" --wait --timeout 0 "$port"
  gives 1 "" "$hidden
pf: port $port: still held by a hidden process"
  kill -0 "$holder_pid"
}

# ---- root of a user namespace ----

in_user_namespace() {
  setpriv --reuid=65534 --regid=65534 --clear-groups unshare --user --map-root-user "$@"
}

need_user_namespace() {
  in_user_namespace true 2>/dev/null || skip "an ordinary user gets no user namespace"
}

@test "root of an ordinary user's namespace is told to be root outside it" {
  need_user_namespace
  # The kernel shows users that the namespace doesn't map as nobody.
  shows "" "run as root outside this user namespace" in_user_namespace
}

@test "root of an ordinary user's namespace sees a holder inside it" {
  need_user_namespace
  capture_run in_user_namespace "$public/mksock" tcp:127.0.0.1:0 -- \
    "$public/pf" --ndjson 1-65535
  equal "holder" "$(tail -n +2 <<<"$stdout" | jq -c '[.pid != null, .uid, .command]')" \
    '[true,0,"mksock"]'
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
}

# ---- without capabilities ----

# without_caps LIST COMMAND...
without_caps() {
  setpriv --bounding-set="$1" --inh-caps="$1" "${@:2}"
}

@test "root without CAP_SYS_PTRACE is told so, with what would help" {
  without_caps -sys_ptrace true 2>/dev/null || skip "capabilities can't be dropped"
  local caps
  for caps in -sys_ptrace -sys_ptrace,-dac_override,-dac_read_search -all; do
    shows root "run outside the container or with CAP_SYS_PTRACE and CAP_KILL" \
      without_caps "$caps"
  done
}

@test "root without CAP_KILL sees another user's holder, and is told what it takes to kill it" {
  without_caps -kill true 2>/dev/null || skip "capabilities can't be dropped"
  holder_program=$BATS_TEST_TMPDIR/as-nobody
  cat >"$holder_program" <<EOF
#!/bin/sh
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$public/mksock" "\$@"
EOF
  chmod +x "$holder_program"
  holder tcp:127.0.0.1:0
  local row="${ready[1]}  $holder_pid  mksock  nobody  127.0.0.1"
  capture_run without_caps -kill "$public/pf" --no-header --force "${ready[1]}"
  gives 2 "$row" \
    "pf-kill: mksock ($holder_pid): not killed: it is another user's: run outside the container or with CAP_SYS_PTRACE and CAP_KILL"
}

# ---- without /proc ----

# without_proc COMMAND...: with an empty directory instead of /proc.
without_proc() {
  # shellcheck disable=SC2016 # for the inner shell
  unshare --mount bash -c 'mount -t tmpfs none /proc && exec "$@"' bash "$@"
}

need_no_proc() {
  without_proc true 2>/dev/null || skip "nothing can be mounted"
  ! grep -q __asan_init "$PF_BIN/pf" || skip "a sanitizer needs /proc"
}

# bats test_tags=bare
@test "without /proc the port is listed, with the hint to mount /proc" {
  need_no_proc
  shows root "mount /proc" without_proc
  shows root "mount /proc" without_proc setpriv --reuid=65534 --regid=65534 --clear-groups
}

# bats test_tags=bare,native
@test "without /proc and netlink there is an error, and no port is reported free" {
  need_no_proc
  "$PF_TESTS/without" netlink true || skip "no seccomp filters here"
  holder tcp:127.0.0.1:0
  local option
  for option in --no-header --why --wait; do
    capture_run without_proc "$PF_TESTS/without" netlink "$public/pf" "$option" "${ready[1]}"
    gives 2 "" "pf-collect-proc: /proc/net: no TCP table: is /proc mounted?
pf: pf-collect-proc: failed with exit status 2"
  done
}

# bats test_tags=bare
@test "without /proc, lsof's finding nothing is an error" {
  need_no_proc
  need_command lsof
  holder tcp:127.0.0.1:0
  capture_run without_proc "$public/pf" --collector lsof "${ready[1]}"
  gives 2 "" "pf-collect-lsof: lsof sees no process here: mount /proc
pf: pf-collect-lsof: failed with exit status 2"
  capture_run without_proc "$public/pf-collect-lsof" --probe
  gives 1 "" ""
}

# bats test_tags=bare
@test "a listed process that can't be examined is not mistaken for one that has ended" {
  need_no_proc
  holder tcp:127.0.0.1:0
  pf-collect-proc "${ready[1]}" | pf-resolve >"$BATS_TEST_TMPDIR/lines"
  capture_run without_proc "$public/pf-kill" --force <"$BATS_TEST_TMPDIR/lines"
  gives 2 "" "pf-kill: mksock ($holder_pid): not killed: whether it is still the listed process is unknown: mount /proc"
  kill -0 "$holder_pid"
}

# ---- in a chroot with the programs alone ----

# bare_root: makes the directory $bare, with only the programs and their libraries.
bare_root() {
  local library
  bare=$public/bare
  mkdir "$bare"
  copy_programs "$bare"
  ldd "$PF_BIN/pf" 2>/dev/null | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$bare${library%/*}"
    cp "$library" "$bare$library"
  done
}

in_bare_root() {
  # shellcheck disable=SC2016 # for the inner shell
  unshare --mount bash -c 'mount --bind /proc "$0/proc" && exec chroot "$0" "$@"' "$bare" "$@"
}

# bats test_tags=bare
@test "in a chroot without /proc, the programs are found, and the missing /proc is named" {
  need_no_proc
  bare_root
  holder tcp:127.0.0.1:0
  capture_run chroot "$bare" /pf "${ready[1]}"
  gives 2 "" "pf-collect-proc: /proc: No such file or directory: mount it
pf: pf-collect-proc: failed with exit status 2"
  mkdir "$bare/proc"
  capture_run chroot "$bare" /pf --no-header "${ready[1]}"
  gives 0 "${ready[1]}  -  -  127.0.0.1" \
    "pf-collect-proc: 1 socket belongs to a process you can't see; mount /proc"
}

# bats test_tags=bare
@test "in a chroot with only the programs and /proc, the holder is found and killed" {
  need_no_proc
  bare_root
  mkdir "$bare/proc"
  holder tcp:127.0.0.1:0
  capture_run in_bare_root /pf --ndjson "${ready[1]}"
  equal "holder" "$(jq -c '[.pid, .command, .uid, .user]' <<<"$stdout")" \
    "[$holder_pid,\"mksock\",0,null]"
  equal "stderr" "$stderr" ""
  capture_run in_bare_root /pf --no-header --force "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  mksock  127.0.0.1
mksock ($holder_pid): ended" ""
}

# bats test_tags=bare
@test "in a bare chroot, a socket that pf inherited is not reported as its own" {
  need_no_proc
  bare_root
  mkdir "$bare/proc"
  # shellcheck disable=SC2016 # for the inner shell
  capture_run unshare --mount bash -c 'mount --bind /proc "$0/proc" && exec "$@"' "$bare" \
    "$PF_TESTS/mksock" tcp:127.0.0.1:0 -- chroot "$bare" /pf --ndjson 1-65535
  equal "holders" "$(tail -n +2 <<<"$stdout" | jq -c .command)" '"mksock"'
  equal "stderr" "$stderr" ""
}

# bats test_tags=bare
@test "root doesn't run a program from PATH if an ordinary user owns the root directory" {
  need_no_proc
  bare_root
  mkdir "$bare/proc" "$bare/tools"
  # It needs no libraries but those that are there.
  cp "$PF_BIN/pf-render" "$bare/tools/pf-hello"
  PATH=/tools:$PATH capture_run in_bare_root /pf hello --version
  gives 0 "$(pf-render --version)" ""
  chown 65534 "$bare"
  PATH=/tools:$PATH capture_run in_bare_root /pf hello
  gives 2 "" "pf: /tools/pf-hello: skipped: users other than root can write to it or to a directory above it"
}

# bats test_tags=bare
@test "root of a namespace without the machine's root runs programs that the overflow uid owns" {
  need_user_namespace
  mkdir "$public/tools"
  cp "$(type -P true)" "$public/tools/pf-hello"
  PATH=$public/tools:$PATH capture_run in_user_namespace "$public/pf" hello
  gives 0 "" ""
}
