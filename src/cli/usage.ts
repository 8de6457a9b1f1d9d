import { type Argument, Command, CommanderError, InvalidArgumentError, type Option } from 'commander';
import { mostLikely } from '../base/edit-distance.ts';
import { fault } from '../base/errors.ts';
import type { Wanted } from '../words/faults/usage.ts';

/** Thrown by the parser of an option or argument: what was typed is not what it takes. */
export class WrongValue extends Error {
  readonly wanted: Wanted;

  constructor(wanted: Wanted) {
    super(`wanted: ${wanted}`);
    this.wanted = wanted;
  }
}

/**
 * A command whose usage errors are faults of ours. Commander words them in English and hands on the sentence; it calls
 * the methods below, which it does not declare, with what is wrong. `test/cli/failure.test.ts` goes through them all.
 */
export class UsageCommand extends Command {
  override createCommand(name?: string): UsageCommand {
    return new UsageCommand(name);
  }

  missingArgument(argument: string): never {
    throw fault('usage.missing-argument', { argument });
  }

  optionMissingArgument({ flags }: Option): never {
    throw fault('usage.option-missing-argument', { option: flags });
  }

  missingMandatoryOptionValue({ flags }: Option): never {
    // A required option that was mistyped is unknown too: that is what the reader has to correct.
    const mistyped = this.args.find((arg) => optionLike.test(arg));
    if (mistyped !== undefined) this.unknownOption(mistyped.replace(/=.*/s, ''));
    throw fault('usage.missing-mandatory-option-value', { option: flags });
  }

  _conflictingOption({ flags }: Option, other: Option): never {
    throw fault('usage.conflicting-option', { option: flags, other: other.flags });
  }

  unknownOption(option: string): never {
    const known = lineage(this).flatMap((command) => command.createHelp().visibleOptions(command));
    const near = optionLike.test(option)
      ? mostLikely(
          option.replace(/^[^a-z]+/, ''),
          known.flatMap(({ long }) => long?.slice(2) ?? []),
        )
      : null;
    throw fault('usage.unknown-option', { option, near: near && `--${near}` });
  }

  unknownCommand(): never {
    const [command = ''] = this.args;
    const known = this.createHelp().visibleCommands(this);
    const near = mostLikely(
      command,
      known.map((each) => each.name()),
    );
    throw fault('usage.unknown-command', { command, near });
  }

  _excessArguments(given: readonly string[]): void {
    const expected = this.registeredArguments.length;
    throw fault('usage.excess-arguments', { command: this.name(), expected, given: given.length });
  }

  _callParseArg(target: Option | Argument, value: string, previous: unknown): unknown {
    try {
      return target.parseArg?.(value, previous);
    } catch (thrown) {
      const isChoice = thrown instanceof InvalidArgumentError;
      if (!isChoice && !(thrown instanceof WrongValue)) throw thrown;
      throw fault('usage.invalid-argument', {
        option: 'flags' in target ? target.flags : null,
        argument: 'flags' in target ? null : target.name(),
        value,
        wanted: isChoice ? null : thrown.wanted,
        choices: target.argChoices?.join(', ') ?? null,
      });
    }
  }
}

/** An option, also with the dashes that a word processor makes of hyphens. */
const optionLike = /^(?:--|[-\u2010-\u2015\u2212]*[\u2010-\u2015\u2212][-\u2010-\u2015\u2212]*)[a-z]/;

/** The command and those that it is a part of. */
function lineage(command: Command): Command[] {
  return command.parent === null ? [command] : [command, ...lineage(command.parent)];
}

/** Commander throws also after it has shown help or the version: nothing has failed then. */
export function hasShown(thrown: unknown): boolean {
  return thrown instanceof CommanderError && thrown.exitCode === 0;
}
