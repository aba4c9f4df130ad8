#!/bin/sh
# Recreates the directory SCRIPTS: for each program in the directory PROGRAMS, a script of the same name
# that runs it through COMMAND. The program is copied next to it as .NAME, so that it finds the other
# scripts in its directory, also if both are copied.
#
#   wrap.sh COMMAND PROGRAMS SCRIPTS
set -eu

command=$1 programs=$2 scripts=$3
rm -rf "$scripts"
mkdir -p "$scripts"
for program in "$programs"/*; do
  name=${program##*/}
  cp "$program" "$scripts/.$name"
  # If the script is run through a link, the program isn't next to it.
  cat >"$scripts/$name" <<EOF
#!/bin/sh
program=\${0%/*}/.$name
[ -e "\$program" ] || program='$scripts/.$name'
exec $command "\$program" "\$@"
EOF
  chmod +x "$scripts/$name"
done
