import {
  argumentCases,
  commandPaths,
  everyCommand,
  optionCases,
  sharedOptions,
  type TreeCommand,
  type ValueCase,
} from './command-tree.ts';

/** A completion script for zsh 5, with descriptions; see \`bashScript\`. */
export function zshScript(tree: TreeCommand): string {
  return `#compdef visitlog
# zsh completion of visitlog; made by \`visitlog completion zsh\`

_visitlog_value() {
  kind= choices=()
  case "$1" in
${cases(optionCases(tree))}
    (*) return 1 ;;
  esac
}

_visitlog_argument() {
  kind= choices=()
  case "$1" in
${cases(argumentCases(tree))}
  esac
}

_visitlog_words() {
  options=() commands=()
  case "$1" in
${[...everyCommand(tree)].map((command) => wordsCase(command, tree)).join('\n')}
  esac
}

# Proposes the values of the named list, each shown with what comes after a tab in it.
_visitlog_show() {
  local -a values shown
  local entry
  for entry in "\${(@P)1}"; do
    values+=("\${entry%%$'\\t'*}")
    shown+=("\${entry/$'\\t'/  -- }")
  done
  (( $#values )) && compadd -l -d shown -a -- values
}

_visitlog_propose() {
  local -a found
  case "$kind" in
    (words) compadd -a -- choices ;;
    (file) _files ;;
    (folder) _files -/ ;;
    (lines|venues|pages)
      found=("\${(@f)$("\${words[1]}" \${config:+--config} \${config:+$config} complete "$kind" "$PREFIX" 2>/dev/null)}")
      found=("\${(@)found:#}")
      _visitlog_show found ;;
  esac
}

_visitlog() {
  local at= config= pending= kind word
  local -a choices options commands
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $pending ]]; then
      [[ $pending == --config ]] && config=$word
      pending=
    elif [[ $word == -*=* ]]; then
      [[ $word == --config=* ]] && config=\${word#--config=}
    elif [[ $word == -* ]]; then
      _visitlog_value "$at:$word" && pending=$word
    else
      case "$at/$word" in
        (${commandPaths(tree).join('|')}) at=$at/$word ;;
      esac
    fi
  done
  if [[ -z $pending && $PREFIX == --*=* ]]; then
    pending=\${PREFIX%%=*}
    compset -P '*='
  fi
  if [[ -n $pending ]]; then
    _visitlog_value "$at:$pending" && _visitlog_propose
    return
  fi
  _visitlog_words "$at"
  if [[ $PREFIX == -* ]]; then
    _visitlog_show options
  elif (( $#commands )); then
    _visitlog_show commands
  else
    _visitlog_argument "$at"
    _visitlog_propose
  fi
}

if [[ $funcstack[1] == _visitlog ]]; then
  _visitlog "$@"
elif (( $+functions[compdef] )); then
  compdef _visitlog visitlog
fi
`;
}

function cases(all: readonly ValueCase[]): string {
  return all
    .map(({ patterns, value }) => {
      const choices = value.words.length === 0 ? '' : ` choices=(${value.words.map(quoted).join(' ')})`;
      return `    (${patterns.join('|')}) kind=${value.kind}${choices} ;;`;
    })
    .join('\n');
}

function wordsCase({ path, options, commands }: TreeCommand, tree: TreeCommand): string {
  const all = path === '' ? options : [...options, ...sharedOptions(tree)];
  const entry = (name: string, description: string) => `    $'${escaped(name)}\\t${escaped(description)}'`;
  const names = all.flatMap((option) => option.names.map((name) => entry(name, option.description)));
  const subs = commands.map((command) => entry(command.name, command.description));
  const lists = [
    `options=(\n${names.join('\n')}\n    )`,
    ...(subs.length === 0 ? [] : [`commands=(\n${subs.join('\n')}\n    )`]),
  ];
  return `    ('${path}') ${lists.join('\n    ')} ;;`;
}

const escaped = (text: string) => text.replace(/[\\']/g, '\\$&');
const quoted = (word: string) => `'${word.replace(/'/g, `'\\''`)}'`;
