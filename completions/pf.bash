# Completions of bash for pf and its stages. bash-completion(7) loads this when the name
# of one of them is completed; without it: `. completions/pf.bash`.
#
# Names of programs and ports are bytes that anybody may have chosen. They are compared
# and offered, and never handed to what expands words, as `compgen -W` does.
# It keeps to what bash 3.2 has, the one of macOS: `compopt` is tried, and not missed.

# The pf that a bare `pf` would run. One that is found by a relative part of PATH, or was
# typed by its path, may lie in anybody's directory: completing its name doesn't run it.
_pf_found() {
  local found
  found=$(type -P pf) && [[ $found == /* ]] && printf '%s\n' "$found"
}

# _pf_programs BEGINNING: the NAMEs of the programs BEGINNING-NAME that pf finds beside
# itself or on PATH, a line each. In a subshell, which the options set here don't leave.
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

# pf takes no other names for --collector.
_pf_collectors() {
  local name
  while read -r name; do
    [[ $name == *[A-Z.]* ]] || printf '%s\n' "$name"
  done < <(_pf_programs pf-collect)
}

# _pf_ports PROTOCOLS: the ports that are listening now, a line each; nothing where pf
# can't tell. PROTOCOLS is -t, -u or -tu.
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

# -t, -u or -tu: what the words typed so far ask for.
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

# _pf_offer WORD...: offers those that go on from what was typed, $current, as the rest
# of $before.
_pf_offer() {
  local word
  for word; do
    if [[ $word == "$current"* ]]; then
      COMPREPLY+=("$before$word")
    fi
  done
}

# The same with lines of standard input.
_pf_offer_lines() {
  local line
  while IFS= read -r line; do
    _pf_offer "$line"
  done
}

_pf_offer_files() {
  compopt -o default 2>/dev/null
}

# Offers ports, the last in a list with commas too, in the order of pf.
_pf_offer_ports() {
  local word
  # A capture has ports of its own.
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
  # readline makes words of their own of these, unless COMP_WORDBREAKS was changed.
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
    options=(-t --tcp -u --udp --json --ndjson --wide --why --no-header --kill --force --dry-run
      --interactive --wait --until-listening -h --help -V --version)
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
  pf-collect-proc | pf-collect-lsof | pf-collect-netstat)
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

complete -F _pf pf pf-resolve pf-render pf-kill pf-collect-proc pf-collect-lsof pf-collect-netstat
