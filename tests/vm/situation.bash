# Sourced by the tests that run in a virtual machine.
# shellcheck shell=bash

# await_port PORT [SECONDS]: until something listens there.
await_port() {
  pf --until-listening --timeout "${2:-60}" "$1" >/dev/null 2>&1 || {
    echo "nothing listens on port $1"
    return 1
  }
}

# remedy PORT: the command that pf says frees the port.
remedy() {
  pf --wide --json "$1" | jq -r '[.listeners[].remedy.command // empty] | unique | .[]'
}

# verdict PORT
verdict() {
  pf --wide --json "$1" | jq -r '[.listeners[].remedy.verdict // empty] | unique | .[]'
}

# stays_free PORT: it becomes free, and nothing listens there ten seconds later.
stays_free() {
  local second
  pf --wait --timeout 60 "$1"
  for second in {1..10}; do
    if pf "$1" >/dev/null; then
      echo "port $1 is taken again after $second s:"
      pf --why "$1"
      return 1
    fi
    sleep 1
  done
}

# frees PORT COMMAND: what pf advises is COMMAND, and that frees the port for good when it is pasted.
frees() {
  equal "the remedy of port $1" "$(remedy "$1")" "$2"
  bash -c "$2" >/dev/null 2>&1
  stays_free "$1"
}

# frees_by COMMAND PORT
frees_by() {
  bash -c "$1" >/dev/null 2>&1
  stays_free "$2"
}

# refuses PORT: --kill ends nothing, and says so by its exit status.
refuses() {
  local before after
  before=$(pf --json "$1" | jq -c '[.listeners[].pid]')
  capture_run pf --kill "$1"
  after=$(pf --json "$1" | jq -c '[.listeners[].pid]')
  equal "exit status of --kill" "$status" 2
  equal "holders after --kill" "$after" "$before"
}

# unit NAME LINE...: writes a unit of systemd.
unit() {
  printf '%s\n' "${@:2}" >"/run/systemd/system/$1"
  systemctl daemon-reload
}
