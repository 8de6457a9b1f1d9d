// Writes the manual pages from the help of the built commands: `node scripts/make-man.mjs [FOLDER]`, by default man/.
// Pages are visitlog(1), visitlog-COMMAND(1) and visitlog.toml(5), in English and in Korean (below ko/).
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { buildWholeProgram } from '../dist/cli/program.js';
import { isRequired, namedSettings } from '../dist/config/settings.js';
import { manWords } from '../dist/words/commands/man.js';
import { bold, item, literal, paragraph, section, subsection, title, verbatim } from './roff.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = resolve(process.argv[2] ?? join(root, 'man'));

async function writePages(language, folder) {
  const words = manWords[language];
  const stream = new PassThrough();
  const program = await buildWholeProgram({ language, stdout: stream, stderr: stream, env: {} });
  const commands = program.createHelp().visibleCommands(program).filter(isOurs);
  const write = (number, name, parts) => {
    mkdirSync(join(folder, `man${number}`), { recursive: true });
    const text = [title(name, number, words.manual), ...parts].filter(Boolean).join('\n');
    writeFileSync(join(folder, `man${number}`, `${name}.${number}`), `${text}\n`);
  };
  for (const number of [1, 5]) rmSync(join(folder, `man${number}`), { recursive: true, force: true });
  write(1, 'visitlog', programPage(program, commands, words));
  for (const command of commands) write(1, `visitlog-${command.name()}`, commandPage(command, words));
  write(5, 'visitlog.toml', configPage(language, words));
}

function programPage(program, commands, words) {
  const pages = [...commands.map((command) => `visitlog-${command.name()}(1)`), 'visitlog.toml(5)'];
  return [
    section(words.name, `visitlog \\- ${literal(program.description().replace(/\.$/, ''))}`),
    section(words.synopsis, synopsis(program)),
    section(words.description, paragraph(words.about), paragraph(words.explainErrors)),
    section(words.commands, ...commands.map((command) => item(command.name(), command.description()))),
    options(program, words.options, section),
    section(words.exit, ...items(words.exits)),
    section(words.environment, ...items(words.variables)),
    section(words.files, ...items(words.paths)),
    section(words.seeAlso, literal(pages.join(', '))),
  ];
}

function commandPage(command, words) {
  const subcommands = command.createHelp().visibleCommands(command).filter(isOurs);
  const { notes, examples } = afterHelp(command);
  return [
    section(words.name, `visitlog\\-${literal(command.name())} \\- ${literal(command.description())}`),
    section(words.synopsis, ...(subcommands.length === 0 ? [command] : subcommands).map(synopsis)),
    notes.length === 0 ? '' : section(words.description, ...notes),
    given(command, words, section),
    ...(subcommands.length === 0 ? [] : [section(words.commands)]),
    ...subcommands.map((sub) => subcommandPart(sub, words)),
    examples.length === 0 ? '' : section(words.examples, verbatim(examples)),
    section(words.seeAlso, literal('visitlog(1), visitlog.toml(5)')),
  ];
}

function subcommandPart(command, words) {
  const { notes, examples } = afterHelp(command);
  const parts = [
    paragraph(command.description()),
    ...notes,
    given(command, words, (_, ...body) => body.join('\n')),
  ];
  const example = examples.length === 0 ? [] : [paragraph(words.example), verbatim(examples)];
  return subsection(
    `visitlog ${command.parent.name()} ${command.name()}`,
    ...parts.filter(Boolean),
    ...example,
  );
}

/** Arguments and options, each under its heading if `under` has one. */
function given(command, words, under) {
  const help = command.createHelp();
  const args = help.visibleArguments(command);
  return [
    args.length === 0
      ? ''
      : under(
          words.arguments,
          ...args.map((arg) => item(help.argumentTerm(arg), help.argumentDescription(arg))),
        ),
    options(command, words.options, under),
  ]
    .filter(Boolean)
    .join('\n');
}

/** `--help` is described once, in visitlog(1). */
function options(command, heading, under) {
  const help = command.createHelp();
  const rows = help
    .visibleOptions(command)
    .filter(({ long }) => command.parent === null || long !== '--help');
  if (rows.length === 0) return '';
  return under(
    heading,
    ...rows.map((option) => item(help.optionTerm(option), help.optionDescription(option))),
  );
}

/** The text below a command's help: paragraphs, lines to type, and examples. */
function afterHelp(command) {
  let text = '';
  const write = (piece) => {
    text += piece;
  };
  command.emit('afterHelp', { error: false, command, write });
  const [before = '', examples = ''] = text.split(/^(?:Examples?|예):\n/m);
  const notes = before.split(/\n\s*\n/).flatMap((block) => blocks(block.split('\n').filter(Boolean)));
  return { notes, examples: unindented(examples.split('\n').filter(Boolean)) };
}

/** Indented lines are to be typed; the others form a paragraph. */
function blocks(lines) {
  const prose = lines.filter((line) => !line.startsWith('  '));
  const typed = lines.filter((line) => line.startsWith('  '));
  return [
    ...(prose.length === 0 ? [] : [paragraph(prose.join('\n'))]),
    ...(typed.length === 0 ? [] : [verbatim(unindented(typed))]),
  ];
}

function configPage(language, words) {
  const tables = new Map();
  for (const { table, key, setting } of namedSettings) {
    const value = JSON.stringify(setting.example ?? setting.default);
    const about = isRequired(setting) ? words.suchAs(value) : words.unlessSaid(value);
    tables.set(table, [...(tables.get(table) ?? []), item(key, `${setting[language]} ${about}`)]);
  }
  const heading = (table) => (table === 'top' ? words.top : table === 'line' ? '[[line]]' : `[${table}]`);
  return [
    section(words.name, `visitlog.toml \\- ${literal(words.configName)}`),
    section(words.description, paragraph(words.configAbout)),
    section(words.settings, ...[...tables].map(([table, rows]) => subsection(heading(table), ...rows))),
    section(words.files, ...items({ '/etc/visitlog/visitlog.toml': words.configName })),
    section(words.seeAlso, literal('visitlog(1), visitlog-config(1)')),
  ];
}

function synopsis(command) {
  const help = command.createHelp();
  const usage = help.styleUsage(help.commandUsage(command));
  const names = usage.split(/ (?=[<[])/, 1)[0];
  return `.PP\n${bold(names)}${literal(usage.slice(names.length))}`;
}

const isOurs = (command) => command.name() !== 'help';
const items = (entries) => Object.entries(entries).map(([term, text]) => item(term, text));
const unindented = (lines) => lines.map((line) => line.replace(/^ {2}/, ''));

for (const language of ['en', 'ko']) await writePages(language, join(target, language === 'en' ? '' : 'ko'));
