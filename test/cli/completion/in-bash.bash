# What bash proposes behind the last of the words. Usage: bash in-bash.bash SCRIPT WORD…
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_visitlog "$1"
printf '%s\n' "${COMPREPLY[@]}"
