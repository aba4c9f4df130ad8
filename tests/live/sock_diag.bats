#!/usr/bin/env bats
# The kernel's answers over netlink, and /proc/net if netlink is refused.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
}

# without_netlink COMMAND...: the kernel refuses it netlink, as in a sandbox.
without_netlink() {
  "$PF_TESTS/without" netlink "$@"
}

need_filters() {
  local status=0
  without_netlink true || status=$?
  [ "$status" != 125 ] || skip "no seccomp filters here"
}

# The kinds of sockets that must be listed, and others that must not.
listed=('tcp:127.0.0.1:0' 'tcp:0.0.0.0:0,dup' 'tcp:127.0.0.1:0,client' 'tcp:127.0.0.1:0,reuseport'
  'tcp:[::]:0' 'tcp:[::]:0,v6only' 'tcp:[::1]:0,dup' 'tcp:[::1]:0,client'
  'tcp:[::ffff:127.0.0.1]:0' 'tcp:[::ffff:127.0.0.1]:0,client'
  'udp:127.0.0.1:0' 'udp:0.0.0.0:0,dup' 'udp:127.0.0.1:0,reuseport' 'udp:[::]:0' 'udp:[::]:0,v6only'
  'udp:[::1]:0' 'udp:[::ffff:127.0.0.1]:0')
others=('udp:127.0.0.1:0,client' 'udp:[::1]:0,client' 'udp:[::ffff:127.0.0.1]:0,client')

# every_kind: leaves the ports of the listed sockets in $ports, and the number of lines in $count.
every_kind() {
  holder "${listed[@]}" "${others[@]}" --forks 2
  ports=("${ready[@]:1:${#listed[@]}}")
  count=$((3 * ${#listed[@]}))
  # A second socket on a port, a client in another process, and a socket of this process alone.
  holder "tcp:127.0.0.1:${ports[3]},reuseport" "connect:127.0.0.1:${ports[0]}" udp:0.0.0.0:0
  ports+=("${ready[3]}")
  count=$((count + 2))
}

# sorted_run COMMAND...: leaves its lines in $sorted.
sorted_run() {
  capture_run "$@"
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  sorted=$(sort <<<"$stdout")
}

without_v6only() {
  sed -E 's/,"v6only":(true|false)}$/}/' <<<"$1"
}

# bats test_tags=native
@test "netlink and /proc/net list the same sockets and holders, of every kind" {
  need_filters
  every_kind
  local option
  for option in -tu -t -u; do
    sorted_run pf-collect-proc "$option"
    local netlink=$sorted
    sorted_run without_netlink pf-collect-proc "$option"
    equal "lines of $option" "$sorted" "$(without_v6only "$netlink")"
    [ "$option" != -tu ] || equal "how many" "$(wc -l <<<"$sorted")" "$count"
    equal "v6only is told" "$(jq -c '[.family, has("v6only")]' <<<"$netlink" | sort -u)" \
      '["ipv4",false]
["ipv6",true]'
  done
}

@test "the table is the same if netlink is refused, without a message" {
  need_filters
  every_kind
  capture_run pf -tu
  equal "stderr" "$stderr" ""
  local table=$stdout
  capture_run without_netlink pf -tu
  gives 0 "$table" ""
}

@test "a line of an IPv6 socket says if it serves IPv4 too" {
  holder 'tcp:[::]:0' 'tcp:[::]:0,v6only' 'tcp:[::1]:0' 'tcp:[::ffff:127.0.0.1]:0' tcp:0.0.0.0:0 \
    'udp:[::]:0' 'udp:[::]:0,v6only' 'udp:[::1]:0' 'udp:[::ffff:127.0.0.1]:0' udp:0.0.0.0:0
  local expected=('"v6only":false' '"v6only":true' '"v6only":true' '"v6only":false' '"inode":N'
    '"v6only":false' '"v6only":true' '"v6only":true' '"v6only":false' '"inode":N') i
  for i in "${!expected[@]}"; do
    capture_run pf -tu --ndjson "${ready[i + 1]}"
    equal "end of line $i" "$(sed -E 's/"inode":[0-9]+}$/"inode":N}/; s/.*,//' <<<"$stdout")" \
      "${expected[i]}}"
  done
}

@test "the table shows [::] for a socket whether or not it serves IPv4 too" {
  holder 'tcp:[::]:0' 'tcp:[::]:0,v6only'
  local i
  for i in 1 2; do
    capture_run pf --no-header "${ready[i]}"
    gives 0 "${ready[i]}  $holder_pid  mksock  $(user)  [::]" ""
  done
}

# of_ports FILTER: the lines in $whole whose port, as $p, matches.
of_ports() {
  jq -c ".port as \$p | select($1)" <<<"$whole"
}

@test "a port, a range or several select exactly their lines of the whole list" {
  need_filters
  every_kind
  local source by_number low middle high port
  mapfile -t by_number < <(printf '%s\n' "${ports[@]}" | sort -nu)
  low=${by_number[0]} middle=${by_number[${#by_number[@]} / 2]} high=${by_number[-1]}
  for source in env without_netlink; do
    sorted_run "$source" pf-collect-proc -tu
    whole=$sorted
    for port in "$low" "$middle" "$high" "${ports[3]}"; do
      sorted_run "$source" pf-collect-proc -tu "$port"
      equal "port $port" "$sorted" "$(of_ports "\$p == $port")"
    done
    sorted_run "$source" pf-collect-proc -tu "$low-$middle"
    equal "range" "$sorted" "$(of_ports "\$p <= $middle")"
    sorted_run "$source" pf-collect-proc -tu "$((low + 1))-$high"
    equal "range without the lowest" "$sorted" "$(of_ports "\$p > $low")"
    sorted_run "$source" pf-collect-proc -tu 1-65535
    equal "all" "$sorted" "$whole"
    sorted_run "$source" pf-collect-proc -tu "$low,$high" "$middle"
    equal "several" "$sorted" "$(of_ports "\$p == $low or \$p == $middle or \$p == $high")"
    sorted_run "$source" pf-collect-proc -u "$low-$high"
    equal "UDP alone" "$sorted" "$(jq -c 'select(.proto == "udp")' <<<"$whole")"
    capture_run "$source" pf-collect-proc -tu "$((low - 1))" "$((high + 1))"
    gives 1 "" ""
  done
}

# bats test_tags=native
@test "a link-local address has its interface over netlink, but not from /proc/net" {
  need_filters
  need_command ip
  ip address replace fe80::1/64 dev lo nodad 2>/dev/null || skip "no address can be added"
  holder 'tcp:[fe80::1%lo]:0' 'udp:[fe80::1%lo]:0'
  local i
  for i in 1 2; do
    capture_run pf -tu --no-header "${ready[i]}"
    equal "address" "${stdout##* }" '[fe80::1%lo]'
    capture_run without_netlink pf -tu --no-header "${ready[i]}"
    equal "address of /proc/net" "${stdout##* }" '[fe80::1]'
  done
  sorted_run pf-collect-proc -tu
  equal "addresses" "$(jq -r .address <<<"$sorted")" 'fe80::1%lo
fe80::1%lo'
}

# bats test_tags=native
@test "the interface that a socket is bound to is shown as ss does, over netlink" {
  need_filters
  need_command ss
  "$PF_TESTS/mksock" tcp:127.0.0.1:0,lo </dev/null >/dev/null 2>&1 ||
    skip "no socket can be bound to an interface"
  holder tcp:127.0.0.1:0,lo udp:127.0.0.1:0,lo 'tcp:[::]:0,lo'
  local i
  for i in 1 2; do
    capture_run pf -tu --no-header "${ready[i]}"
    equal "address" "${stdout##* }" 127.0.0.1%lo
    capture_run without_netlink pf -tu --no-header "${ready[i]}"
    equal "address of /proc/net" "${stdout##* }" 127.0.0.1
    equal "address of ss" "$(ss -Htuln "sport = ${ready[i]}" | grep -o '[^ ]*%lo')" 127.0.0.1%lo
  done
  capture_run pf --no-header "${ready[3]}"
  equal "address" "${stdout##* }" '[::%lo]'
}
