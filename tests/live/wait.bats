#!/usr/bin/env bats
# Waiting for a port: until nothing listens on it, and until something does.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
  [ -z "${public:-}" ] || rm -r "$public"
}

# Ends all holders, so that others can be started.
release() {
  release_holders
  rm "$BATS_TEST_TMPDIR"/in.* "$BATS_TEST_TMPDIR"/out.*
}

# begin COMMAND...: starts it, without the descriptors that keep the holders running.
begin() {
  (
    for fd in "${holder_fds[@]}"; do
      exec {fd}>&-
    done
    exec "$@"
  ) >"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" 3>&- &
  waiter=$!
}

# end: waits for the command of `begin`, and sets the variables of capture_run.
end() {
  status=0
  wait "$waiter" || status=$?
  read_whole stdout "$BATS_TEST_TMPDIR/stdout"
  read_whole stderr "$BATS_TEST_TMPDIR/stderr"
}

# begin_at_terminal COMMAND: starts it, and leaves its first line in $said.
begin_at_terminal() {
  need_terminals
  mkfifo "$BATS_TEST_TMPDIR/keys" "$BATS_TEST_TMPDIR/screen"
  (
    for fd in "${holder_fds[@]}"; do
      exec {fd}>&-
    done
    TERM=dumb exec script --quiet --return --command "$1" /dev/null
  ) <"$BATS_TEST_TMPDIR/keys" >"$BATS_TEST_TMPDIR/screen" 3>&- &
  waiter=$!
  exec {keys}>"$BATS_TEST_TMPDIR/keys" {screen}<"$BATS_TEST_TMPDIR/screen"
  read -r said <&"$screen"
  said=${said%$'\r'}
}

# end_at_terminal: waits for it, and leaves the rest of its output in $stdout.
# shellcheck disable=SC2034 # `gives` reads them
end_at_terminal() {
  status=0
  stdout=$(tr -d '\r' <&"$screen")
  wait "$waiter" || status=$?
  exec {keys}>&- {screen}<&-
  stderr=
}

# free_port SOCKET: leaves in $port the port of a holder that has ended.
free_port() {
  holder "$1"
  port=${ready[1]}
  release
}

# counted: makes a copy of pf whose listings `looks` counts.
counted() {
  mkdir "$BATS_TEST_TMPDIR/bin"
  copy_programs "$BATS_TEST_TMPDIR/bin" pf
  cat >"$BATS_TEST_TMPDIR/bin/pf-collect-proc" <<SCRIPT
#!/bin/sh
echo look >>'$BATS_TEST_TMPDIR/looks'
exec '$PF_BIN/pf-collect-proc' "\$@"
SCRIPT
  chmod +x "$BATS_TEST_TMPDIR/bin/pf-collect-proc"
}

looks() {
  wc -l <"$BATS_TEST_TMPDIR/looks"
}

# ---- until nothing listens ----

@test "--wait for a free port succeeds immediately, without a message" {
  free_port tcp:127.0.0.1:0
  capture_run pf --wait "$port"
  gives 0 "" ""
}

@test "--wait succeeds when the holder closes the port, for every kind of socket" {
  local socket option
  for socket in tcp:127.0.0.1:0 'tcp:[::1]:0' 'tcp:[::]:0' udp:127.0.0.1:0 'udp:[::1]:0'; do
    option=--${socket%%:*}
    holder "$socket"
    begin pf --wait "$option" "${ready[1]}"
    release
    end
    gives 0 "" ""
    done
}

@test "--wait succeeds when the holder is killed during the wait" {
  holder tcp:127.0.0.1:0 'tcp:[::1]:='
  begin_at_terminal "pf --wait ${ready[1]}"
  equal "what is waited for" "$said" \
    "pf: waiting for mksock ($holder_pid) to release port ${ready[1]}"
  kill -s KILL "$holder_pid"
  end_at_terminal
  gives 0 "" ""
}

@test "--wait for several ports and a range succeeds when the last of them is free" {
  holder tcp:127.0.0.1:0
  local first=$holder_pid ports=("${ready[1]}")
  holder tcp:127.0.0.1:0
  ports+=("${ready[1]}")
  begin_at_terminal "pf --wait ${ports[0]} ${ports[1]}-${ports[1]}"
  # The collector's order may be either.
  [[ $said =~ ^"pf: waiting for mksock ("[0-9]+") to release port "[0-9]+", and for 1 more"$ ]]
  kill "$first"
  capture_run pf --wait "${ports[0]}"
  gives 0 "" ""
  capture_run pf --wait --timeout 0 "${ports[0]},${ports[1]}"
  gives 1 "" "pf: port ${ports[1]}: still held by mksock ($holder_pid)"
  release
  end_at_terminal
  gives 0 "" ""
}

@test "a --wait that times out names each process that still holds the port, once" {
  holder tcp:127.0.0.1:0 'tcp:[::1]:=' udp:127.0.0.1:=
  local pids=("$holder_pid") port=${ready[1]}
  capture_run pf --wait --timeout 0.1 "$port"
  gives 1 "" "pf: port $port: still held by mksock ($holder_pid) after 0.1 s"
  capture_run pf --wait --timeout 0 -u "$port"
  gives 1 "" "pf: port $port: still held by mksock ($holder_pid)"
  holder tcp:127.0.0.1:0 --forks 2
  pids=("$holder_pid" "${ready[@]:2}")
  capture_run pf --wait --timeout 0 "${ready[1]}"
  equal "who holds it" "$(sort <<<"$stderr")" \
    "$(printf "pf: port ${ready[1]}: still held by mksock (%s)\n" "${pids[@]}" | sort)"
  equal "exit status" "$status" 1
}

@test "--wait goes on while one of the processes that share a socket lives" {
  holder tcp:127.0.0.1:0 --forks 1
  begin_at_terminal "pf --wait ${ready[1]}"
  kill -s KILL "$holder_pid"
  wait "$holder_pid" || true
  capture_run pf --wait --timeout 0 "${ready[1]}"
  gives 1 "" "pf: port ${ready[1]}: still held by mksock (${ready[2]})"
  # The child reads the same stdin, and ends with it.
  release
  end_at_terminal
  gives 0 "" ""
}

@test "--wait applies to the requested protocols, and a client is not a holder" {
  holder tcp:127.0.0.1:0,client
  local port=${ready[1]}
  capture_run pf --wait -u "$port"
  gives 0 "" ""
  holder "connect:127.0.0.1:$port"
  local client=${ready[1]}
  capture_run pf --wait "$client"
  gives 0 "" ""
  capture_run pf --wait --timeout 0 -tu "$port"
  gives 1 "" "pf: port $port: still held by mksock (${holder_pids[0]})"
}

@test "--wait is woken when the port becomes free, and doesn't poll" {
  counted
  holder tcp:127.0.0.1:0
  local start=$SECONDS
  begin_at_terminal "$BATS_TEST_TMPDIR/bin/pf --wait ${ready[1]}"
  # These listings take far longer than the pauses of a wait that polls.
  for ((i = 0; i < 30; i++)); do
    pf "${ready[1]}" >"$BATS_TEST_TMPDIR/table"
  done
  release
  end_at_terminal
  gives 0 "" ""
  # The first listing, the one the kernel's event causes, and one per second.
  local most=$((2 + SECONDS - start))
  echo "$(looks) looks, at most $most"
  [ "$(looks)" -le "$most" ]
}

@test "--wait succeeds even without events from the kernel" {
  local refused=0
  "$PF_TESTS/without" netlink true || refused=$?
  [ "$refused" != 125 ] || skip "no seccomp filters here"
  holder tcp:127.0.0.1:0
  begin_at_terminal "'$PF_TESTS/without' netlink pf --wait ${ready[1]}"
  equal "what is waited for" "$said" \
    "pf: waiting for mksock ($holder_pid) to release port ${ready[1]}"
  release
  end_at_terminal
  gives 0 "" ""
}

@test "--wait --collector lsof succeeds when lsof lists no holder any more" {
  need_command lsof
  holder tcp:127.0.0.1:0
  capture_run pf --wait --collector lsof --timeout 0 "${ready[1]}"
  gives 1 "" "pf: port ${ready[1]}: still held by mksock ($holder_pid)"
  begin_at_terminal "pf --wait --collector lsof ${ready[1]}"
  release
  end_at_terminal
  gives 0 "" ""
}

@test "for an ordinary user, --wait hints at a hidden holder immediately, and waits for it" {
  setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null ||
    skip "can't become another user"
  # A directory that an ordinary user can reach: the one of bats is closed to others.
  public=$(mktemp -d "${TMPDIR:-/tmp}/pf.XXXXXX")
  copy_programs "$public"
  chmod -R go+rX "$public"
  local as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  local hint="pf-collect-proc: 1 socket belongs to a process you can't see; use sudo"
  holder tcp:127.0.0.1:0
  local port=${ready[1]}
  capture_run "${as_nobody[@]}" "$public/pf" --wait --timeout 0.1 "$port"
  gives 1 "" "$hint
pf: port $port: still held by a hidden process after 0.1 s"
  begin_at_terminal "${as_nobody[*]} $public/pf --wait $port"
  equal "hint" "$said" "$hint"
  read -r said <&"$screen"
  equal "what is waited for" "${said%$'\r'}" \
    "pf: waiting for a hidden process to release port $port"
  release
  end_at_terminal
  gives 0 "" ""
}

@test "--wait ends immediately on Ctrl-C" {
  holder tcp:127.0.0.1:0
  begin_at_terminal "pf --wait ${ready[1]}"
  printf '\003' >&"$keys"
  end_at_terminal
  gives 130 "^C" ""
}

# ---- until something listens ----

@test "--until-listening for a port in use succeeds immediately, without a message" {
  holder tcp:127.0.0.1:0 udp:127.0.0.1:0
  capture_run pf --until-listening "${ready[1]}"
  gives 0 "" ""
  capture_run pf --until-listening -u "${ready[2]}"
  gives 0 "" ""
}

@test "--until-listening succeeds when something listens, for every kind of socket" {
  local socket option
  for socket in tcp:127.0.0.1 'tcp:[::1]' udp:127.0.0.1 'udp:[::1]'; do
    option=--${socket%%:*}
    free_port "$socket:0"
    begin pf --until-listening "$option" "$port"
    holder "$socket:$port"
    end
    gives 0 "" ""
    release
    done
}

@test "--until-listening succeeds when something listens after the first listing" {
  free_port tcp:127.0.0.1:0
  begin_at_terminal "pf --until-listening $port"
  equal "what is waited for" "$said" "pf: waiting for something to listen on port $port"
  holder "tcp:127.0.0.1:$port"
  end_at_terminal
  gives 0 "" ""
}

@test "--until-listening waits for every port and range, and one port of a range suffices" {
  holder tcp:127.0.0.1:0 tcp:127.0.0.1:0
  local free=${ready[1]} high=${ready[2]} low=$((ready[2] - 10))
  release
  holder "tcp:127.0.0.1:$high"
  capture_run pf --until-listening "$low-$high" ":$high"
  gives 0 "" ""
  capture_run pf --until-listening --timeout 0.1 "$high,$free" "$low-$((high - 1))"
  gives 1 "" "pf: port $free: nothing listens there after 0.1 s
pf: ports $low-$((high - 1)): nothing listens there after 0.1 s"
  begin_at_terminal "pf --until-listening $high,$free $low-$((high - 1))"
  equal "what is waited for" "$said" \
    "pf: waiting for something to listen on port $free, and on 1 more"
  holder "tcp:127.0.0.1:$free" "tcp:127.0.0.2:$low"
  end_at_terminal
  gives 0 "" ""
}

@test "--until-listening applies to the requested protocols, and a client doesn't listen" {
  holder tcp:127.0.0.1:0
  local port=${ready[1]}
  capture_run pf --until-listening --timeout 0 -u "$port"
  gives 1 "" "pf: port $port: nothing listens there"
  capture_run pf --until-listening --timeout 0 -tu "$port"
  gives 0 "" ""
  holder "connect:127.0.0.1:$port"
  capture_run pf --until-listening --timeout 0 "${ready[1]}"
  gives 1 "" "pf: port ${ready[1]}: nothing listens there"
}

@test "--until-listening ends immediately on Ctrl-C" {
  free_port tcp:127.0.0.1:0
  begin_at_terminal "pf --until-listening $port"
  printf '\003' >&"$keys"
  end_at_terminal
  gives 130 "^C" ""
}
