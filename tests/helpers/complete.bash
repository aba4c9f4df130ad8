# Prints what bash offers for command lines, one word per line.
#
#   bash complete.bash DIRECTORY <LINES
#
# Each line of LINES is a command line, whose words each end in a unit separator (\x1f); the offers
# for it end in a line with a record separator (\x1e). The words are as readline splits them:
# `--color=a` is three. The last word is to be completed. DIRECTORY has a file for each program,
# with its name.

# The builtin needs a running readline, which would then offer files if asked to. Here they are
# offered immediately.
compopt() {
  [[ $* != '-o default' ]] || mapfile -t COMPREPLY < <(compgen -f -- "$current")
}

while IFS= read -r LINE; do
  COMP_WORDS=()
  while [[ -n $LINE ]]; do
    COMP_WORDS+=("${LINE%%$'\x1f'*}")
    LINE=${LINE#*$'\x1f'}
  done
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  PROGRAM=${COMP_WORDS[0]}
  # shellcheck source=../../completions/pf.bash
  . "$1/${PROGRAM##*/}"
  FUNCTION=$(complete -p -- "${PROGRAM##*/}")
  FUNCTION=${FUNCTION#complete -F }
  COMPREPLY=()
  "${FUNCTION% *}" "$PROGRAM" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" </dev/null
  [ ${#COMPREPLY[@]} = 0 ] || printf '%s\n' "${COMPREPLY[@]}"
  printf '\x1e\n'
done
