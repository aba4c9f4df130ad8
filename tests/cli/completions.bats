#!/usr/bin/env bats
# The completions of bash, zsh and fish, run by these shells. The offers, the usage texts and the
# manual pages are compared with the programs' option tables.
# bats file_tags=unix

load ../helpers/common
load ../helpers/completions

# The names of all programs that were built.
programs() {
  (cd "$PF_BIN" && printf '%s\n' pf pf-*)
}

# All collectors share one option table.
sources() {
  case $1 in
  pf-collect-*) echo "$ROOT"/collectors/*.c "$ROOT"/collectors/*/*.c ;;
  *) echo "$ROOT/$1"/*.c ;;
  esac
}

# option_table PROGRAM: its long options, one per line: `--name`, `no` or `required` for a value,
# and `-x` if there is a short form.
option_table() {
  # shellcheck disable=SC2046 # several files
  sed -nE "s/^\t\{\"([a-z-]+)\", (no|required)_argument, NULL, ('(.)'|OPTION_[A-Z_]+)\},$/--\1 \2 -\4/p" \
    $(sources "$1") | sed 's/ -$//'
}

# source_options PROGRAM: its options, sorted and separated by spaces.
source_options() {
  option_table "$1" | sed -E 's/ (no|required)//' | together
}

together() {
  tr -s ' ' '\n' | LC_ALL=C sort | xargs
}

manual_page() {
  case $1 in
  pf-collect-*) echo "$ROOT/collectors/${1#pf-collect-}/$1.1" ;;
  *) echo "$ROOT/$1/$1.1" ;;
  esac
}

# stub NAME...: makes the script on stdin a program of each name, in a directory at the head of
# PATH; removes $PF_BIN from PATH.
stub() {
  local name text
  stubs=$BATS_TEST_TMPDIR/stubs
  mkdir -p "$stubs"
  text=$(cat)
  for name; do
    printf '#!/bin/sh\n%s\n' "$text" >"$stubs/$name"
    chmod +x "$stubs/$name"
  done
  PATH=$stubs:/usr/bin:/bin
}

# stub_ports: a pf that lists some listeners, and logs its arguments.
stub_ports() {
  export calls=$BATS_TEST_TMPDIR/calls
  # fish completes only for programs that exist.
  stub pf-collect-proc <<<"exit 2"
  stub pf <<'SCRIPT'
echo "$*" >>"$calls"
cat <<'TABLE'
80     1     nginx        root  0.0.0.0
80     2     nginx        root  0.0.0.0
443    -     -            root  [::]
10000  4711  Web Content  joe   127.0.0.1
TABLE
SCRIPT
}

setup_file() {
  install_completions
}

setup() {
  cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
  all_checked
}

@test "zsh is installed, so that its completions are tested" {
  [ -n "${CI:-}" ] || need_command zsh
  [ -n "$zsh" ]
}

@test "fish is installed, so that its completions are tested" {
  [ -n "${CI:-}" ] || need_command fish
  [ -n "$fish" ]
}

@test "these tests read every row of the option tables" {
  for program in $(programs); do
    # shellcheck disable=SC2046 # several files
    equal "$program: rows" "$(option_table "$program" | wc -l)" \
      "$(sed -nE '/(no|required)_argument,/p' $(sources "$program") | wc -l)"
    # shellcheck disable=SC2046 # several files
    equal "$program: letters" "$(source_options "$program" | tr ' ' '\n' |
      grep '^-[A-Za-z]$' | together)" \
      "$(sed -nE 's/^static const char letters\[\] = ":([A-Za-z]+)";$/\1/p' $(sources "$program") |
        grep -o . | sed 's/^/-/' | together)"
  done
}

@test "--help names every option, and no other" {
  for program in $(programs); do
    capture_run "$program" --help
    equal "$program --help" \
      "$(sed -nE 's/^  +(-[A-Za-z], )?(--[a-z-]+).*/\1\2/p' <<<"$stdout" | tr -d , | together)" \
      "$(source_options "$program")"
  done
}

@test "the manual page names every option, and no other" {
  for program in $(programs); do
    equal "$program(1)" \
      "$(sed -nE 's/^\.It Fl //p' "$(manual_page "$program")" |
        sed -E 's/ Ar [a-z]+$//; s/^Fl ([a-z-]+)$/--\1/; s/^([A-Za-z]) , Fl Fl ([a-z-]+)$/-\1 --\2/' |
        together)" \
      "$(source_options "$program")"
  done
}

@test "every program accepts every option of its table" {
  for program in $(programs); do
    for option in $(source_options "$program"); do
      # For an option with a value, the first --help is that value.
      capture_run "$program" "$option" --help --help
      equal "$program $option" "$status$stderr" 0
    done
  done
}

@test "every option of every program is offered, and no other" {
  for program in $(programs); do
    expected=$(source_options "$program")
    for shell in "${shells[@]}"; do
      offers "$shell" "$expected" "$program" -
      [ "$program" = pf ] || offers "$shell" "$expected" pf "${program#pf-}" -
    done
  done
  check_offers
}

@test "ports are offered after an option without a value, and not as the value of one" {
  stub_ports
  for shell in "${shells[@]}"; do
    while read -r option argument _; do
      case $option:$argument in
      # After a request for help anything may be offered, and --replay offers files.
      --help:* | --version:* | --replay:*) continue ;;
      *:no) expected=80 ;;
      *) expected= ;;
      esac
      offers "$shell" "$expected" pf "$option" 8
    done < <(option_table pf)
  done
  check_offers
}

@test "the values of options are offered" {
  signals=$(sed -nE 's/^\t\{"SIG([A-Z0-9]+)", SIG[A-Z0-9]+\},$/\1/p' "$ROOT/lib/os/posix/signals.c" | together)
  echo >capture.txt
  for shell in "${shells[@]}"; do
    for command in pf pf-render; do
      offers "$shell" "always auto never" "$command" --color ""
    done
    for command in pf pf-kill; do
      offers "$shell" "$signals" "$command" --signal ""
      offers "$shell" "SIGURG SIGUSR1 SIGUSR2" "$command" --signal SIGU
    done
    for command in pf pf-resolve pf-collect-proc; do
      offers "$shell" capture.txt "$command" --replay c
    done
    offers "$shell" "lsof netstat proc ss" pf --collector ""
  done
  check_offers
}

@test "a value after = is offered" {
  offers bash "always auto" pf --color = a
  offers bash "always auto never" pf --color =
  [ -z "$zsh" ] || offers zsh "always auto" pf --color=a
  [ -z "$fish" ] || offers fish "--color=always --color=auto" pf --color=a
  check_offers
}

@test "the offered signals are accepted, and are those in the manual page" {
  complete_one bash pf-kill --signal ""
  [ -n "$stdout" ]
  equal "names in pf-kill(1)" \
    "$(sed -nE '/^The names are$/,/\.$/s/^\.Dv ([A-Z0-9]+).*/\1/p' "$(manual_page pf-kill)" | together)" \
    "$(together <<<"$stdout")"
  for signal in $stdout; do
    capture_run pf-kill --signal "$signal" </dev/null
    gives 1 "" ""
  done
}

@test "the programs that pf NAME runs are offered, only as the first argument" {
  mkdir stubs
  : >stubs/pf-not-a-program
  mkdir stubs/pf-directory
  stub pf-mine pf-collect-mine.sh <<<"exit 2"
  PATH=$PF_BIN:$PATH
  names="collect-lsof collect-mine.sh collect-netstat collect-proc collect-ss kill mine render resolve"
  for shell in "${shells[@]}"; do
    offers "$shell" "collect-lsof collect-mine.sh collect-netstat collect-proc collect-ss" pf c
    offers "$shell" "mine" pf m
    offers "$shell" "" pf -t m
    offers "$shell" "" pf resolve r
    # --collector doesn't take such a name.
    offers "$shell" "lsof netstat proc ss" pf --collector ""
  done
  check_offers
  # The programs are those alongside the file of pf, not those alongside a link to it.
  ln -s "$PF_BIN/pf" stubs/pf
  PATH=$stubs:/usr/bin:/bin
  for shell in "${shells[@]}"; do
    complete_one "$shell" pf ""
    equal "$shell" "$(cut -f 1 <<<"$stdout" | grep '^[a-z]' | LC_ALL=C sort | tr '\n' ' ')" "$names "
  done
}

@test "a custom program's arguments are completed with files" {
  echo >notes.txt
  stub pf-mine <<<"exit 2"
  for shell in "${shells[@]}"; do
    offers "$shell" notes.txt pf mine n
  done
  check_offers
}

@test "listening ports are offered once each, in numeric order, with the holder's name" {
  stub_ports
  offers_lines bash $'80\n443\n10000' pf -t ""
  for shell in "${shells[@]:1}"; do
    offers_lines "$shell" $'80\tnginx\n443\thidden holder\n10000\tWeb Content' pf -t ""
  done
  offers_lines bash $'80,443' pf --tcp 80,4
  offers_lines bash 10000 pf : 1
  for shell in "${shells[@]}"; do
    offers "$shell" "80 443 10000 collect-proc" pf ""
    offers "$shell" "80 443 10000" pf-collect-proc 10 ""
    offers "$shell" "80 443 10000" pf collect-proc ""
    offers "$shell" "" pf kill 8
    # The ports of a capture are not those of this machine.
    offers "$shell" "" pf --replay capture -t 1
  done
  check_offers
}

@test "pf lists the protocols on the command line, and runs once" {
  stub_ports
  for shell in "${shells[@]}"; do
    expected=
    for words in "-t:--kill" "-t:-t" "-u:-u" "-u:--udp" "-tu:-ut" "-tu:--udp -t"; do
      # shellcheck disable=SC2086 # words
      offers "$shell" "80 443 10000" pf ${words#*:} ""
      expected+="--no-header ${words%%:*}"$'\n'
    done
    check_offers
    equal "$shell" "$(<"$calls")"$'\n' "$expected"
    rm "$calls"
    complete_one "$shell" pf -
    [ ! -e "$calls" ]
  done
}

@test "the PROTO column doesn't become part of a name" {
  stub pf <<<"echo '53  udp  811  dnsmasq  root  127.0.0.1'"
  for shell in "${shells[@]:1}"; do
    offers_lines "$shell" $'53\tdnsmasq' pf -u ""
  done
  check_offers
}

@test "names that contain commands or patterns are not run or expanded" {
  cat >name <<'TEXT'
a"'$(touch canary)`touch canary`\x1b;%F{red}[x]:*b
TEXT
  stub pf <<'SCRIPT'
printf '%s\n' "3000  12  $(cat name)   -- root  127.0.0.1" "80;x  1  b" '$(touch canary)  1  c' "" "x"
SCRIPT
  stub 'pf-$(touch canary)' 'pf-`touch canary`' "pf-a'b" 'pf-a"b' 'pf-a b' $'pf-line\n' $'pf-\nline' \
    'pf-*' 'pf-a;b' 'pf-é' pf-Upper pf--dash pf-fine 'pf-collect-$(touch canary)' pf-collect-fine \
    <<<"touch canary"
  for shell in "${shells[@]}"; do
    expected=$'3000\t'$(<name)
    [ "$shell" != bash ] || expected=3000
    offers_lines "$shell" "$expected" pf -t ""
    offers "$shell" "3000 collect-fine fine" pf ""
    offers "$shell" "fine" pf --collector ""
    offers "$shell" "3000" pf '$(touch canary)' '`touch canary`' ""
  done
  check_offers
  [ ! -e canary ]
}

@test "nothing is offered or printed if pf fails or is missing" {
  stub pf <<<"echo trouble >&2; exit 2"
  for shell in "${shells[@]}"; do
    offers "$shell" "" pf ""
  done
  check_offers
  rm "$stubs/pf"
  for shell in "${shells[@]}"; do
    # fish offers files for a program that doesn't exist.
    [ "$shell" != fish ] || continue
    offers "$shell" "" pf ""
    offers "$shell" "" pf --collector ""
  done
  check_offers
}

@test "a pf in the current directory is not run" {
  stub pf pf-mine <<<"touch canary; echo 3000  1  x"
  mv stubs/* .
  PATH=.::/usr/bin:/bin
  for shell in "${shells[@]}"; do
    offers "$shell" "" pf ""
    offers "$shell" "" ./pf -t ""
  done
  check_offers
  [ ! -e canary ]
}

@test "bash: the user's shell options and IFS don't matter" {
  stub_ports
  stub pf-mine <<<"exit 2"
  cat >own.bash <<'SCRIPT'
set -uf
shopt -s expand_aliases failglob nocasematch nullglob
IFS=0a GLOBIGNORE='*'
alias sort=false readlink=false
SCRIPT
  BASH_ENV=own.bash
  export BASH_ENV
  offers_lines bash $'collect-proc\nmine\n80\n443\n10000' pf ""
  offers_lines bash mine pf m
  check_offers
}
