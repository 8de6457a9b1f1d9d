import {
  commandPaths,
  everyCommand,
  optionCases,
  sharedOptions,
  type TreeCommand,
  type TreeOption,
  type Value,
} from './command-tree.ts';

/** A completion script for fish 3, with descriptions; see \`bashScript\`. */
export function fishScript(tree: TreeCommand): string {
  const valued = optionCases(tree).flatMap(({ patterns }) => patterns);
  return `# fish completion of visitlog; made by \`visitlog completion fish\`

# The command that is being typed, such as /venue/add, and what was given as --config.
function __visitlog_typed
    set -l at ''
    set -l pending ''
    set -l config ''
    for word in (commandline -opc)[2..-1]
        if test -n "$pending"
            test "$pending" = --config; and set config $word
            set pending ''
        else if string match -q -- '--config=*' $word
            set config (string replace -- --config= '' $word)
        else if string match -q -- '-*' $word
            switch "$at:$word"
                case ${valued.map(quoted).join(' ')}
                    set pending $word
            end
        else
            switch "$at/$word"
                case ${commandPaths(tree).join(' ')}
                    set at "$at/$word"
            end
        end
    end
    echo $at
    echo $config
end

function __visitlog_at
    set -l typed (__visitlog_typed)
    test "$typed[1]" = "$argv[1]"
end

function __visitlog_live
    set -l program (commandline -opc)[1]
    set -l config (__visitlog_typed)[2]
    set -l options
    test -n "$config"; and set options --config $config
    $program $options complete $argv[1] (commandline -ct) 2>/dev/null
end

complete -c visitlog -f
${sharedOptions(tree)
  .map((option) => `complete -c visitlog${named(option)}`)
  .join('\n')}
${[...everyCommand(tree)].flatMap((command) => linesOf(command, sharedOptions(tree))).join('\n')}
`;
}

function linesOf(
  { path, options, commands, argument }: TreeCommand,
  shared: readonly TreeOption[],
): string[] {
  const start = `complete -c visitlog -n ${quoted(`__visitlog_at ${quoted(path)}`)}`;
  return [
    ...commands.map(({ name, description }) => `${start} -a ${name} -d ${quoted(description)}`),
    ...(argument === null || commands.length > 0 ? [] : [`${start}${proposed(argument)}`]),
    ...options.filter((option) => !shared.includes(option)).map((option) => `${start}${named(option)}`),
  ];
}

function named({ names, description, value }: TreeOption): string {
  const flags = names.map((name) =>
    name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`,
  );
  return `${flags.join('')}${value === null ? '' : ` -r${proposed(value)}`} -d ${quoted(description)}`;
}

function proposed({ kind, words }: Value): string {
  switch (kind) {
    case 'words':
      return ` -f -a ${quoted(words.join(' '))}`;
    case 'file':
      return ' -F';
    case 'folder':
      return " -f -a '(__fish_complete_directories)'";
    case 'none':
      return ' -f';
    default:
      return ` -f -a '(__visitlog_live ${kind})'`;
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
