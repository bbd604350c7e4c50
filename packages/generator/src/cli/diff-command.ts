import type { Command } from './command.js'
import { jsonOption, projectOption } from './options.js'

/** How the changes are written. */
export type DiffFormat = 'text' | 'markdown' | 'json'

export interface DiffArguments {
  readonly ref: string
  readonly project: string
  readonly format: DiffFormat
  readonly json: boolean
}

/** `mcp-gen access diff` */
export const diffCommand: Command<DiffArguments> = {
  usage: 'diff <ref>',
  description: 'print what became looser, new or tighter since a commit',
  positionals: {
    ref: { type: 'string', describe: 'a commit, branch or tag of git, such as origin/main' },
  },
  options: {
    project: projectOption,
    format: { choices: ['text', 'markdown', 'json'], default: 'text', describe: 'how' },
    json: jsonOption,
  },
  examples: [
    { command: 'access diff main', text: 'print what changed since main' },
    { command: 'access diff origin/main --format markdown', text: 'the same as a comment for a pull request' },
  ],
  run: async (args, io) => (await import('./run-diff.js')).runDiff(args, io),
}
