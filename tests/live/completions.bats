#!/usr/bin/env bats
# The completions of bash, zsh and fish, with real sockets.

load ../helpers/common
load ../helpers/completions

setup_file() {
  install_completions
}

setup() {
  need_netns
}

teardown() {
  release_holders
  all_checked
}

@test "the ports that listen now are offered, with the holder's name" {
  holder --name node tcp:127.0.0.1:0 tcp:[::1]:0 udp:127.0.0.1:0
  tcp=$(printf '%s\n' "${ready[@]:1:2}" | sort -nu)
  udp=${ready[3]}
  offers_lines bash "$tcp" pf -t ""
  offers_lines bash "$udp" pf -u ""
  offers_lines bash "$udp" pf-collect-proc -u ""
  for shell in "${shells[@]:1}"; do
    offers_lines "$shell" "${tcp//$'\n'/$'\tnode\n'}"$'\tnode' pf -t ""
    offers_lines "$shell" "$udp"$'\tnode' pf -u ""
    offers_lines "$shell" "$udp"$'\tnode' pf collect-proc -u ""
  done
  check_offers
  # A port that is no longer held is no longer offered.
  release_holders
  for shell in "${shells[@]}"; do
    offers_lines "$shell" "" pf -t ""
  done
  check_offers
}

@test "the holder's name is shown and not run, whatever it contains" {
  cd "$BATS_TEST_TMPDIR"
  name='q"`touch x`'"'\\"
  holder --name "$name" tcp:127.0.0.1:0
  offers_lines bash "${ready[1]}" pf -t ""
  for shell in "${shells[@]:1}"; do
    offers_lines "$shell" "${ready[1]}"$'\t'"$name" pf -t ""
  done
  check_offers
  [ ! -e x ]
}
