# Loaded by bench.sh: one function per scenario, which runs in its own network namespace and prints
# rows. Its processes live until release_holders.
# shellcheck shell=bash
# Read by measure.bash.
# shellcheck disable=SC2034
scenario=

# full FULL QUICK: prints the value for a full run, or for a quick one.
full() {
  if [ -z "${QUICK:-}" ]; then echo "$1"; else echo "$2"; fi
}

# crowd OPTIONS...: runs crowd.c; leaves the pids in the array $ready.
crowd() {
  holder_program=$PF_TESTS/crowd holder "$@"
}

idle() {
  scenario=idle
  holder tcp:0.0.0.0:3000
  expects "3000 $holder_pid"
  adds_pf 3000
  adds "ss, filtered" "ss -Hltnp 'sport = :3000'" shown_by_ss
  adds "lsof, filtered" "lsof -nP -iTCP:3000 -sTCP:LISTEN" shown_by_lsof
  adds "fuser" "fuser 3000/tcp" shown_by_pids 3000
  # netstat can only list all ports, of which this is the only one.
  adds "netstat" "netstat -ltnp" shown_by_netstat
  measures 10 "$(full 200 60)"
  compares_pf 3000 "ss, filtered" 0.50 1.00
  compares_pf 3000 "lsof, filtered" 0.30
  informs fuser
  informs netstat
  memory 3000 4
}

# Port 20000 is held by the first process that a search by pid visits, 20001 by the last.
descriptors() {
  local processes inode port pid
  processes=$(full 1000 300)
  scenario="$((processes / 10))k descriptors"
  crowd --processes "$processes" --sockets 50 --files 50 --lowest 20000 --highest 20001
  for port in 20000 20001; do
    pid=${ready[1 + port - 20000]}
    expects "$port $pid"
    adds_pf "$port"
    adds "ss, filtered, $port" "ss -Hltnp 'sport = :$port'" shown_by_ss
    adds "lsof, filtered, $port" "lsof -nP -iTCP:$port -sTCP:LISTEN" shown_by_lsof
    inode=$(ss -Hltne "sport = :$port" | sed -E 's/.* ino:([0-9]+) .*/\1/')
    adds "floor, $port" "'$PF_TESTS/floor' $inode" shown_by_pids "$port"
  done
  measures 1 "$(full 7 3)"
  for port in 20000 20001; do
    compares_pf "$port" "ss, filtered, $port" 0.40
    compares_pf "$port" "lsof, filtered, $port" 0.08
    compares_pf "$port" "floor, $port" 0.75
  done
}

# The comparison from a namespace without connections searches the same processes and descriptors,
# so the difference is the cost of the connections.
connections() {
  local count with without
  count=$(full 5000 500)
  scenario="$((count / 100))k connections"
  crowd --processes 10 --connections "$count" --lowest 20000
  with="nsenter --net=/proc/${ready[1]}/ns/net"
  expects "20000 ${ready[1]}"
  adds_pf 20000 "" "$with"
  adds "ss, filtered" "$with ss -Hltnp 'sport = :20000'" shown_by_ss
  adds "lsof, filtered" "$with lsof -nP -iTCP:20000 -sTCP:LISTEN" shown_by_lsof
  adds "netstat" "$with netstat -ltnp" shown_by_netstat
  holder_program=$PF_TESTS/netns holder "$PF_TESTS/mksock" tcp:0.0.0.0:20000
  without="nsenter --net=/proc/$holder_pid/ns/net"
  expects "20000 $holder_pid"
  adds_pf 20000 ", no connections" "$without"
  measures 1 "$(full 5 3)"
  compares "static pf 20000" "static pf 20000, no connections" 1.50
  compares "default pf 20000" "default pf 20000, no connections"
  compares_pf 20000 "ss, filtered"
  compares_pf 20000 "lsof, filtered"
  informs netstat
}

listeners() {
  local per_process index lines=()
  per_process=$(full 1000 100)
  scenario="$((per_process / 100))k listeners"
  crowd --processes 10 --listeners "$per_process" --from 10000
  for ((index = 0; index < 10 * per_process; index++)); do
    lines+=("$((10000 + index)) ${ready[3 + index / per_process]}")
  done
  expects "${lines[@]}"
  adds_pf ""
  adds "ss" "ss -Hltnp" shown_by_ss
  adds "lsof" "lsof -nP -iTCP -sTCP:LISTEN" shown_by_lsof
  adds "netstat" "netstat -ltnp" shown_by_netstat
  measures 1 "$(full 15 5)"
  compares_pf "" ss 0.70
  compares_pf "" lsof 0.40
  informs netstat
  memory "" 32
}

# lines FILE: writes lines of real processes, each repeated with different ports.
lines() {
  local processes
  processes=$(full 1000 100)
  crowd --processes "$processes" --listeners 1 --from 10000
  "$PF_BIN/pf-collect-proc" 10000-19999 | awk '{
    for (i = 0; i < 100; i++) {
      sub(/"port":[0-9]+/, "\"port\":" 1 + (NR * 100 + i) % 65535)
      print
    }
  }' >"$1"
}

# The pipelines need a shell, so jq gets one too.
stream() {
  local unresolved=$directory/unresolved resolved=$directory/resolved pipe kind build
  scenario="$(full 100k 10k) lines"
  lines "$unresolved"
  "$PF_BIN/pf-resolve" <"$unresolved" >"$resolved"
  for kind in resolved unresolved; do
    jq -r '"\(.port) \(.pid)"' "$directory/$kind" | sort -u >"$expected"
    for build in static default; do
      is_built "$build" || continue
      pipe="'${bins[$build]}/pf-resolve' <'$directory/$kind' | '${bins[$build]}/pf-render'"
      adds "$build resolve | render, $kind" "sh -c \"$pipe\"" shown_by_pf
    done
    sort -u "$directory/$kind" >"$expected"
    adds "jq -c ., $kind" "sh -c \"jq -c . <'$directory/$kind'\"" cat
  done
  measures 1 "$(full 5 3)"
  for kind in resolved unresolved; do
    compares "static resolve | render, $kind" "jq -c ., $kind" 0.75
    compares "default resolve | render, $kind" "jq -c ., $kind"
  done
}
