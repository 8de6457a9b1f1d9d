# What an interactive zsh shows at a TAB. Usage: zsh -f in-zsh.zsh SCRIPT LINE
# The terminal echoes what is written to it: the quotes keep an echo from looking like what is waited for.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PROMPT='' TERM=dumb; stty cols 200; autoload -Uz compinit; compinit -D -u; source ${(q)1}; bindkey '^I' complete-word; setopt auto_list no_list_ambiguous no_list_beep; zle-line-init() { print -n LIS''TENING }; zle -N zle-line-init"
zpty -r shell output '*LISTENING*'
zpty -w -n shell "$2"$'\t'
zpty -w -n shell $'\x15echo DO\'\'NE\n'
zpty -r shell output $'*DONE\r*'
# The first line is what was typed; below what was listed it stands again.
listed=${output#*$'\n'}
print -r -- "${listed%%visitlog *}"
zpty -d shell
