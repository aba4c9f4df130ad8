# Prints what zsh offers for command lines, one match per line, with its description after a tab.
#
#   zsh -f complete.zsh DIRECTORY SCRATCH <LINES
#
# The separators are those of complete.bash. The completions come from DIRECTORY. zsh completes only
# in its line editor, so another zsh gets a terminal of its own. Nothing is typed there, and nothing
# waits: as its first and last act, the editor completes the lines.
emulate -R zsh
zmodload zsh/zpty || exit 2

if [[ ! -d $2/zdotdir ]]; then
  mkdir -p $2/zdotdir || exit 2
  cat >$2/zdotdir/.zshrc <<'RC'
PS1= RPS1= COLUMNS=400
zstyle ':completion:*' list-grouped false
fpath=($PF_COMPLETE_FROM $fpath)
autoload -Uz compinit
compinit -u -d $ZDOTDIR/dump

# Unlike the builtin, which also decides what matches, this records the offers.
compadd() {
  local -a filter shown offered texts
  zparseopts -E A:=filter O:=filter D:=filter d:=shown
  if (( $#filter )); then
    builtin compadd "$@"
    return
  fi
  (( $#shown )) && texts=("${(@P)shown[2]}")
  builtin compadd -O offered -D texts "$@"
  local index
  for (( index = 1; index <= $#offered; index++ )); do
    print -r -- "$offered[index]"$'\t'"${texts[index]#*[[:space:]]-- }"
  done >>$PF_COMPLETE_SCRATCH/offered
  builtin compadd "$@"
}
complete-and-leave() {
  local line
  while IFS= read -r line; do
    BUFFER=${${line%$'\x1f'}//$'\x1f'/ }
    CURSOR=$#BUFFER
    zle list-choices
    print $'\x1e' >>$PF_COMPLETE_SCRATCH/offered
  done <$PF_COMPLETE_SCRATCH/lines
  exit
}
zle -N zle-line-init complete-and-leave
RC
fi
export ZDOTDIR=$2/zdotdir PF_COMPLETE_FROM=$1 PF_COMPLETE_SCRATCH=$2
cat >$2/lines
: >$2/offered
zpty complete zsh -d -i
while zpty -r complete text; do :; done
cat $2/offered
