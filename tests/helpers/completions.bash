# Loaded by the bats files about completions, beside common.
# shellcheck shell=bash

# Those of the three shells that are here.
shells=(bash)
for shell in zsh fish; do
  command -v "$shell" >/dev/null && shells+=("$shell")
done

# install_completions: to where `completes` finds them, once for a file of tests.
install_completions() {
  env -u MAKEFLAGS -u MAKELEVEL make -s -C "$ROOT" install-completions \
    DESTDIR="$BATS_FILE_TMPDIR/installed" PREFIX=/usr >/dev/null
}

# completes SHELL WORD...: what the shell offers for the last of the words, a line each, in
# the order of the shell; zsh and fish put a description behind a tab. A home of the test's
# own keeps the user's settings out.
completes() {
  local shell=$1 line=${*:2} share=$BATS_FILE_TMPDIR/installed/usr/share
  mkdir -p "$BATS_TEST_TMPDIR/home"
  HOME=$BATS_TEST_TMPDIR/home TERM=dumb
  export HOME TERM
  unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_DATA_DIRS
  case $shell in
  bash)
    "$BASH" -u "$ROOT/tests/helpers/complete.bash" "$share/bash-completion/completions" "${@:2}"
    ;;
  zsh)
    "$zsh" -f "$ROOT/tests/helpers/complete.zsh" "$share/zsh/site-functions" "$HOME" "$line"
    ;;
  fish)
    "$fish" --no-config -c 'set fish_complete_path $argv[1]; complete --do-complete $argv[2]' \
      "$share/fish/vendor_completions.d" "$line"
    ;;
  esac
}

# offers SHELL NAMES WORD...: these names are offered, no others, and nothing is said. NAMES
# are separated by blanks; their order is nobody's business.
offers() {
  capture_run completes "$1" "${@:3}"
  equal "$1: ${*:3}: stderr" "$stderr" "" || return
  equal "$1: ${*:3}" "$(cut -f 1 <<<"$stdout" | LC_ALL=C sort)" \
    "$(tr -s ' ' '\n' <<<"$2" | LC_ALL=C sort)"
}

# offers_lines SHELL LINES WORD...: the whole of what is offered, in its order.
offers_lines() {
  capture_run completes "$1" "${@:3}"
  gives "$status" "$2" ""
}

# Where the shells are: tests change PATH.
zsh=$(command -v zsh || :)
fish=$(command -v fish || :)
export zsh fish
