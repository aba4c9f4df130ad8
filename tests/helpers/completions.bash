# Loaded after common by the bats files about completions.
# shellcheck shell=bash

# The installed ones of the three shells.
shells=(bash)
for shell in zsh fish; do
  command -v "$shell" >/dev/null && shells+=("$shell")
done

# install_completions: to where `completes` finds them, once per bats file.
install_completions() {
  env -u MAKEFLAGS -u MAKELEVEL make -s -C "$ROOT" install-completions \
    DESTDIR="$BATS_FILE_TMPDIR/installed" PREFIX=/usr >/dev/null
}

# completes SHELL: the shell's offers for each command line on stdin, whose words each end in \x1f.
# Prints one offer per line, in the shell's order, and then a line \x1e; zsh and fish add a
# description after a tab. With a HOME of its own, it doesn't read the user's settings.
completes() {
  local share=$BATS_FILE_TMPDIR/installed/usr/share
  mkdir -p "$BATS_FILE_TMPDIR/home"
  HOME=$BATS_FILE_TMPDIR/home TERM=dumb
  export HOME TERM
  unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_DATA_DIRS
  case $1 in
  bash)
    exec "$BASH" -u "$ROOT/tests/helpers/complete.bash" "$share/bash-completion/completions"
    ;;
  zsh)
    exec "$zsh" -f "$ROOT/tests/helpers/complete.zsh" "$share/zsh/site-functions" "$HOME"
    ;;
  fish)
    # shellcheck disable=SC2016 # they are fish's
    exec "$fish" --no-config -c 'set fish_complete_path $argv[1]
      while read --local line
        complete --do-complete (string replace --all \x1f " " -- (string replace --regex "\x1f\$" "" -- $line))
        echo \x1e
      end' "$share/fish/vendor_completions.d"
    ;;
  esac
}

# offers SHELL NAMES WORD...: check_offers must find exactly these names, separated by spaces, in
# any order.
offers() {
  local names name
  expects_offers "$1" names "${@:3}"
  read -r -a names <<<"$2"
  for name in "${names[@]}"; do
    printf '%04d names: %s\n' "$offers" "$name"
  done >>"$BATS_TEST_TMPDIR/expected"
}

# offers_lines SHELL LINES WORD...: check_offers must find exactly these lines, in this order.
offers_lines() {
  local line number=0
  expects_offers "$1" lines "${@:3}"
  while IFS= read -r line; do
    [ -z "$line" ] || printf '%04d line %d: %s\n' "$offers" "$((++number))" "$line"
  done <<<"$2" >>"$BATS_TEST_TMPDIR/expected"
}

# Each line of the file SHELL.asked has the number of a case, its kind, and the words, as
# `completes` reads them.
offers=0
expects_offers() {
  printf '%04d %s %s\n' "$((++offers))" "$2" "$(printf '%s\x1f' "${@:3}")" >>"$BATS_TEST_TMPDIR/$1.asked"
  printf '%04d %s: %s\n' "$offers" "$1" "${*:3}" >>"$BATS_TEST_TMPDIR/expected"
}

# check_offers: starts each shell once for all of its cases, and compares what they offer; stderr
# must be empty.
check_offers() {
  local shell asked expected=$BATS_TEST_TMPDIR/expected found=$BATS_TEST_TMPDIR/found
  for shell in "${shells[@]}"; do
    asked=$BATS_TEST_TMPDIR/$shell.asked
    [ -e "$asked" ] || continue
    capture_run completes "$shell" < <(cut -d ' ' -f 3- "$asked")
    equal "$shell: stderr" "$stderr" "" || return
    awk -v shell="$shell" '
      NR == FNR { number[NR] = $1; kind[NR] = $2; next }
      FNR == 1 { count = 1 }
      $0 == "\x1e" { count++; lines = 0; next }
      kind[count] == "names" { sub(/\t.*/, ""); print number[count] " names: " $0; next }
      { print number[count] " line " ++lines ": " $0 }
      END { if (count != length(number) + 1) print shell ": not all lines were completed" }
    ' "$asked" "$BATS_TEST_TMPDIR/stdout"
    sed 's/^\([0-9]*\) [a-z]* /\1 '"$shell"': /; s/\x1f$//; s/\x1f/ /g' "$asked"
    rm "$asked"
  done >"$found"
  LC_ALL=C sort -o "$found" "$found"
  LC_ALL=C sort -o "$expected" "$expected"
  same "what is offered" "$found" "$expected"
  rm "$expected"
}

# all_checked: for teardown: fails if a test forgot check_offers.
all_checked() {
  [ ! -e "$BATS_TEST_TMPDIR/expected" ]
}

# complete_one SHELL WORD...: leaves in $stdout what the shell offers for one command line.
complete_one() {
  capture_run completes "$1" < <(printf '%s\x1f' "${@:2}" && echo)
  stdout=${stdout%$'\x1e'}
  stdout=${stdout%$'\n'}
}

# The paths of the shells, since tests change PATH.
zsh=$(command -v zsh || :)
fish=$(command -v fish || :)
export zsh fish
