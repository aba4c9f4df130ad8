#!/bin/sh
# Makes SCRIPTS anew: for each of the directory PROGRAMS a script of the same name, which runs it
# by COMMAND. The program itself is beside it, as .NAME: the scripts find each other as the
# programs do, and so do copies of both.
#
#   wrap.sh COMMAND PROGRAMS SCRIPTS
set -eu

command=$1 programs=$2 scripts=$3
rm -rf "$scripts"
mkdir -p "$scripts"
for program in "$programs"/*; do
  name=${program##*/}
  cp "$program" "$scripts/.$name"
  # Where a link leads to the script, the program isn't beside it.
  cat >"$scripts/$name" <<EOF
#!/bin/sh
program=\${0%/*}/.$name
[ -e "\$program" ] || program='$scripts/.$name'
exec $command "\$program" "\$@"
EOF
  chmod +x "$scripts/$name"
done
