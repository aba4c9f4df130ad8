#!/usr/bin/env bats
# Processes with hostile names: the output stays clean, and only what was listed is killed. The
# kernel limits a name to 15 bytes, but not the arguments.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
}

# hostile NAME: a holder of that name, with a complete line of the stream as an argument.
hostile() {
  holder --name "$1" tcp:127.0.0.1:0 --rest $'\n{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":1,"uid":0,"command":"x","user":"x"}\n' $'\x1b]0;pwned\x07'
  port=${ready[1]}
}

# clean TEXT: it has no control characters except newlines.
clean() {
  equal "control characters" "$(LC_ALL=C tr -d '\n\40-\176\200-\377' <<<"$1" | od -An -tx1)" ""
}

names=($'\x1b]0;pwned\x07' '"},{"pid":1' $'a\n{"proto":"t')
shown=('\x1b]0;pwned\x07' '"},{"pid":1' 'a\x0a{"proto":"t')

@test "the table has one row, and can't control the terminal" {
  for i in "${!names[@]}"; do
    hostile "${names[i]}"
    capture_run pf --no-header "$port"
    gives 0 "$port  $holder_pid  ${shown[i]}  $(user)  127.0.0.1" ""
  done
}

@test "the JSON has one object, with the name unchanged" {
  for i in "${!names[@]}"; do
    hostile "${names[i]}"
    capture_run pf --json --wide "$port"
    equal "exit status" "$status" 0
    equal "lines" "$(wc -l <"$BATS_TEST_TMPDIR/stdout")" 1
    clean "$stdout"
    equal "objects" "$(jq -c --arg name "${names[i]}" \
      '[.listeners[] | [.pid, .port, .command == $name, .cmdline[-1]]]' <<<"$stdout")" \
      "[[$holder_pid,$port,true,\"\\u001b]0;pwned\\u0007\"]]"
  done
}

@test "the explanation and the wide table are clean, and show one process" {
  for i in "${!names[@]}"; do
    hostile "${names[i]}"
    capture_run pf --why "$port"
    clean "$stdout"
    equal "heading" "$(head -n 1 <<<"$stdout" | sed 's/, up .*//')" \
      "127.0.0.1:$port · ${shown[i]} ($holder_pid), $(user)"
    equal "stories" "$(grep -c '^  to free it ' <<<"$stdout")" 1
    capture_run pf --wide --no-header "$port"
    clean "$stdout"
    equal "rows" "$(wc -l <"$BATS_TEST_TMPDIR/stdout")" 1
  done
}

@test "only the listed process is killed, and the messages are clean" {
  holder tcp:127.0.0.1:0
  local other=$holder_pid
  for i in "${!names[@]}"; do
    hostile "${names[i]}"
    capture_run pf --kill --no-header "$port"
    gives 0 "$port  $holder_pid  ${shown[i]}  $(user)  127.0.0.1
${shown[i]} ($holder_pid): ended" ""
  done
  kill -0 "$other"
}
