import type { Option } from 'yargs'
import type { ExitCode } from './exit-code.js'
import type { Io } from './io.js'

/**
 * One command of `mcp-gen`, as data and a handler: `main.ts` lists them, and
 * `--help`, completion and docs/commands.md are made from this.
 */
export interface Command<Arguments = unknown> {
  /** What stands after `mcp-gen`, with its arguments as yargs writes them: `explain [code]`. */
  readonly usage: string
  readonly description: string
  readonly positionals?: Readonly<Record<string, Option>>
  readonly options?: Readonly<Record<string, Option>>
  readonly examples: readonly Example[]
  /** What an option or argument may be, for a shell that completes it; `choices` need no function. */
  readonly completions?: Readonly<Record<string, (words: readonly string[], io: Io) => Completions>>
  /** Commands of this command. Without one of them it runs itself. */
  readonly commands?: readonly Command[]
  /** What follows from the options: `Arguments` has to say the same. A method, so that a list can hold commands of all kinds. */
  run(args: Arguments, io: Io): ExitCode | Promise<ExitCode>
}

export type Completions = readonly string[] | Promise<readonly string[]>

export interface Example {
  /** Without the name of the program. */
  readonly command: string
  readonly text: string
}

/** The word that calls a command. */
export function nameOf({ usage }: Command): string {
  return usage.split(' ', 1)[0] ?? usage
}
