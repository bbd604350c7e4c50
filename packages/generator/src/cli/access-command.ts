import { acceptCommand } from './accept-command.js'
import type { Command } from './command.js'
import { diffCommand } from './diff-command.js'
import { jsonOption, projectOption, quietOption } from './options.js'

/** How the table is written. */
export type AccessFormat = 'text' | 'markdown' | 'json' | 'html'

export interface AccessArguments {
  readonly project: string
  readonly format: AccessFormat | undefined
  readonly output: string | undefined
  readonly json: boolean
  readonly quiet: boolean
}

/** `mcp-gen access` */
export const accessCommand: Command<AccessArguments> = {
  usage: 'access',
  description: 'print who may do what, as a table',
  options: {
    project: projectOption,
    format: {
      choices: ['text', 'markdown', 'json', 'html'],
      describe: 'how; text, or what the ending of --output says, if left out',
    },
    output: { type: 'string', requiresArg: true, describe: 'the file to write it to' },
    json: jsonOption,
    quiet: { ...quietOption, describe: 'do not say that the file was written' },
  },
  examples: [
    { command: 'access', text: 'print the table' },
    { command: 'access --output access.html', text: 'write it as a page for those who audit it' },
    { command: 'access --format markdown', text: 'print it for a pull request' },
  ],
  commands: [acceptCommand, diffCommand],
  run: async (args, io) => (await import('./run-access.js')).runAccess(args, io),
}
