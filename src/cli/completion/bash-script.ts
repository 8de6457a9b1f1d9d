import {
  argumentCases,
  commandPaths,
  everyCommand,
  optionCases,
  sharedOptions,
  type TreeCommand,
  type ValueCase,
} from './command-tree.ts';

/**
 * A completion script for bash 4 or later. All that is known when it is made is written into it, so that a TAB is
 * answered at once; only lines, venues and pages are asked of `visitlog complete`.
 */
export function bashScript(tree: TreeCommand): string {
  return `# bash completion of visitlog; made by \`visitlog completion bash\`

# Sets kind and choices for the value of an option; fails if it takes none.
_visitlog_value() {
  kind= choices=
  case "$1" in
${cases(optionCases(tree))}
    *) return 1 ;;
  esac
}

# The same for a command's arguments.
_visitlog_argument() {
  kind= choices=
  case "$1" in
${cases(argumentCases(tree))}
  esac
}

_visitlog_words() {
  options= commands=
  case "$1" in
${[...everyCommand(tree)].map((command) => wordsCase(command, tree)).join('\n')}
  esac
}

_visitlog_propose() {
  local IFS=$'\\n'
  case "$kind" in
    words) COMPREPLY=($(IFS=' '; compgen -W "$choices" -- "$cur")) ;;
    file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")) ;;
    folder) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")) ;;
    lines | venues | pages)
      COMPREPLY=($("$program" "\${given[@]}" complete "$kind" "$cur" 2>/dev/null | cut -f 1)) ;;
  esac
}

_visitlog() {
  local program=$1 cur=\${COMP_WORDS[COMP_CWORD]} at= pending= kind choices options commands word i
  local -a given=()
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # Bash breaks --name=value into three words.
    if [[ $word == = ]]; then continue; fi
    if [[ -n $pending ]]; then
      if [[ $pending == --config ]]; then given=(--config "$word"); fi
      pending=
    elif [[ $word == -* ]]; then
      if _visitlog_value "$at:$word"; then pending=$word; fi
    else
      case "$at/$word" in
        ${commandPaths(tree).join(' | ')}) at=$at/$word ;;
      esac
    fi
  done
  if [[ $cur == = ]]; then cur=; fi
  if [[ -n $pending ]]; then
    _visitlog_value "$at:$pending"
    _visitlog_propose
    return
  fi
  _visitlog_words "$at"
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  elif [[ -n $commands ]]; then
    COMPREPLY=($(compgen -W "$commands" -- "$cur"))
  else
    _visitlog_argument "$at"
    _visitlog_propose
  fi
}

complete -F _visitlog visitlog
`;
}

function cases(all: readonly ValueCase[]): string {
  return all
    .map(({ patterns, value }) => {
      const choices = value.words.length === 0 ? '' : ` choices='${value.words.join(' ')}'`;
      return `    ${patterns.join(' | ')}) kind=${value.kind}${choices} ;;`;
    })
    .join('\n');
}

function wordsCase({ path, options, commands }: TreeCommand, tree: TreeCommand): string {
  const all = path === '' ? options : [...options, ...sharedOptions(tree)];
  const names = all.flatMap((option) => option.names).join(' ');
  const subs = commands.map((command) => command.name).join(' ');
  return `    '${path}') options='${names}'${subs === '' ? '' : ` commands='${subs}'`} ;;`;
}
