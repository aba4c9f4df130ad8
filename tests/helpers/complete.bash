# Prints what bash offers for a command line, a word a line.
#
#   bash complete.bash DIRECTORY WORD...
#
# DIRECTORY has a file with the name of the program. The words are as readline cuts them:
# `--color=a` is three. The last is the one to complete.
# shellcheck source=../../completions/pf.bash
. "$1/${2##*/}"
shift

# The builtin works while readline completes, and then readline does as it asks. Files
# are what it is asked for; here they are offered at once.
compopt() {
  [[ $* != '-o default' ]] || mapfile -t COMPREPLY < <(compgen -f -- "$current")
}

COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
function=$(complete -p -- "${1##*/}")
function=${function#complete -F }
"${function% *}" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
[ ${#COMPREPLY[@]} = 0 ] || printf '%s\n' "${COMPREPLY[@]}"
