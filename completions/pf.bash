# bash completion for pf and its stages, loaded by bash-completion(7); without it, source this file.
#
# Anybody may have chosen the names of programs and the output of pf. They are never expanded, as
# `compgen -W` would do. Works in bash 3.2, which macOS has and which lacks `compopt`.

# Prints the pf that a bare `pf` would run. One found through a relative entry of PATH, or typed with its
# path, may be in anybody's directory, and completion must not run it.
_pf_found() {
  local found
  found=$(type -P pf) && [[ $found == /* ]] && printf '%s\n' "$found"
}

# _pf_programs PREFIX: prints NAME for each program PREFIX-NAME that pf finds in its directory or on PATH.
# A subshell, to keep the options local.
_pf_programs() (
  shopt -u failglob nocaseglob nocasematch
  unset GLOBIGNORE
  set +f
  LC_ALL=C
  found=$(_pf_found)
  real=$(command readlink -f "$found" 2>/dev/null)
  IFS=: read -r -a directories <<<"${found%/*}:${real%/*}:$PATH"
  for directory in "${directories[@]}"; do
    [[ $directory == /* ]] || continue
    for program in "$directory/$1"-*; do
      name=${program##*/"$1"-}
      if [[ -f $program && -x $program && $name =~ ^[a-z][A-Za-z0-9_.-]*$ ]]; then
        printf '%s\n' "$name"
      fi
    done
  done | command sort -u
)

# pf accepts only these names for --collector.
_pf_collectors() {
  local name
  while read -r name; do
    [[ $name == *[A-Z.]* ]] || printf '%s\n' "$name"
  done < <(_pf_programs pf-collect)
}

# _pf_ports PROTOCOLS: prints the ports that are listening now. PROTOCOLS is -t, -u or -tu.
_pf_ports() {
  local found port last=
  found=$(_pf_found) || return
  "$found" --no-header "$1" </dev/null 2>/dev/null | while read -r port _; do
    if [[ $port == [0-9]* && $port != *[!0-9]* && $port != "$last" ]]; then
      printf '%s\n' "$port"
      last=$port
    fi
  done
}

# Prints -t, -u or -tu, according to the words typed so far.
_pf_protocols() {
  local word tcp='' udp=''
  for word in "${COMP_WORDS[@]:1}"; do
    case $word in
    --tcp) tcp=t ;;
    --udp) udp=u ;;
    --*) ;;
    -*[!tu]*) ;;
    -*t*u* | -*u*t*) tcp=t udp=u ;;
    -t*) tcp=t ;;
    -u*) udp=u ;;
    esac
  done
  [[ $udp ]] || tcp=t
  printf '%s\n' "-$tcp$udp"
}

# _pf_offer WORD...: offers the words that begin with $current, each prefixed by $before.
_pf_offer() {
  local word
  for word; do
    if [[ $word == "$current"* ]]; then
      COMPREPLY+=("$before$word")
    fi
  done
}

# Offers the lines of standard input likewise.
_pf_offer_lines() {
  local line
  while IFS= read -r line; do
    _pf_offer "$line"
  done
}

_pf_offer_files() {
  compopt -o default 2>/dev/null
}

# Offers ports in pf's order, also for the last one in a comma-separated list.
_pf_offer_ports() {
  local word
  # A capture has other ports.
  for word in "${COMP_WORDS[@]}"; do
    [[ $word == --replay* ]] && return
  done
  compopt -o nosort 2>/dev/null
  if [[ $current == *,* ]]; then
    before=$before${current%,*},
    current=${current##*,}
  fi
  _pf_offer_lines < <(_pf_ports "$(_pf_protocols)")
}

# _pf_offer_values OPTION
_pf_offer_values() {
  local signals=(HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM CHLD CONT
    STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH SYS)
  case $1 in
  --collector) _pf_offer_lines < <(_pf_collectors) ;;
  --color) _pf_offer auto always never ;;
  --replay) _pf_offer_files ;;
  --signal)
    if [[ $current == SIG* ]]; then
      _pf_offer "${signals[@]/#/SIG}"
    else
      _pf_offer "${signals[@]}"
    fi
    ;;
  esac
}

_pf() {
  local IFS=$' \t\n' program=${1##*/} first=1 before='' word
  local current=${COMP_WORDS[COMP_CWORD]-} previous=${COMP_WORDS[COMP_CWORD - 1]-}
  local options=() valued=() takes_ports=
  COMPREPLY=()

  if [[ $program == pf && $COMP_CWORD -gt 1 && ${COMP_WORDS[1]} =~ ^[a-z][A-Za-z0-9_.-]*$ ]]; then
    program=pf-${COMP_WORDS[1]}
    first=2
  fi
  # readline splits words at these, unless COMP_WORDBREAKS was changed.
  if [[ $current == = || $current == : ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]-}
  elif [[ $current == --*=* ]]; then
    before=${current%%=*}=
    previous=${current%%=*}
    current=${current#*=}
  fi

  case $program in
  pf)
    options=(-t --tcp -u --udp -j --json --ndjson -w --wide --why --no-header -k --kill --force
      --dry-run --interactive --wait --until-listening -h --help -V --version)
    valued=(--color --signal --timeout --collector --replay)
    takes_ports=1
    ;;
  pf-resolve)
    options=(--details -h --help -V --version)
    valued=(--replay)
    ;;
  pf-render)
    options=(--json --ndjson --wide --why --no-header -h --help -V --version)
    valued=(--color)
    ;;
  pf-kill)
    options=(--force --dry-run --interactive -h --help -V --version)
    valued=(--signal --timeout)
    ;;
  pf-collect-proc | pf-collect-lsof | pf-collect-netstat | pf-collect-ss)
    options=(-t --tcp -u --udp --probe -h --help -V --version)
    valued=(--replay)
    takes_ports=1
    ;;
  *)
    _pf_offer_files
    return
    ;;
  esac

  for word in "${valued[@]}"; do
    if [[ $word == "$previous" ]]; then
      _pf_offer_values "$word"
      return
    fi
  done
  if [[ $current == -* ]]; then
    _pf_offer "${options[@]}" "${valued[@]}"
    return
  fi
  [[ $takes_ports ]] || return
  if [[ $program == pf && $COMP_CWORD -eq $first ]]; then
    _pf_offer_lines < <(_pf_programs pf)
  fi
  _pf_offer_ports
}

complete -F _pf pf pf-resolve pf-render pf-kill pf-collect-proc pf-collect-lsof pf-collect-netstat pf-collect-ss
