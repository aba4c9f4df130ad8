# Prints what zsh offers for a command line, a match a line, its description behind a tab.
#
#   zsh -f complete.zsh DIRECTORY SCRATCH LINE
#
# The completions are those in DIRECTORY. zsh completes in its line editor and nowhere
# else, so another zsh gets a terminal of its own; nothing is typed there, and nothing
# waits: the editor's first act is to complete LINE, and its last.
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

# In the place of the builtin, which goes on to say what of it all matches.
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
  done >>$PF_COMPLETE_TO
  builtin compadd "$@"
}
complete-and-leave() {
  BUFFER=$PF_COMPLETE_LINE
  CURSOR=$#BUFFER
  zle list-choices
  exit
}
zle -N zle-line-init complete-and-leave
RC
fi
export ZDOTDIR=$2/zdotdir PF_COMPLETE_FROM=$1 PF_COMPLETE_TO=$2/offered PF_COMPLETE_LINE=$3
: >$PF_COMPLETE_TO
zpty complete zsh -d -i
while zpty -r complete text; do :; done
cat $PF_COMPLETE_TO
