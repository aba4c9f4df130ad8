# Prints what bash offers for command lines, a word a line.
#
#   bash complete.bash DIRECTORY <LINES
#
# Each line of LINES is a command line, whose words end in a unit separator each (\x1f); what is
# offered for it ends in a line with a record separator (\x1e). The words are as readline cuts
# them: `--color=a` is three. The last is the one to complete. DIRECTORY has for each program a
# file with its name.

# The builtin works while readline completes, and then readline does as it asks. Files
# are what it is asked for; here they are offered at once.
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
