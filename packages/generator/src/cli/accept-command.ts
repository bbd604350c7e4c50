import type { Command } from './command.js'
import { jsonOption, projectOption, quietOption } from './options.js'

export interface AcceptArguments {
  readonly project: string
  readonly json: boolean
  readonly quiet: boolean
}

/** `mcp-gen access accept` */
export const acceptCommand: Command<AcceptArguments> = {
  usage: 'accept',
  description: 'record in access.lock.json who may do what, also what became looser',
  options: {
    project: projectOption,
    json: { ...jsonOption, describe: 'print what was recorded for a program' },
    quiet: quietOption,
  },
  examples: [{ command: 'access accept', text: 'record it; commit the lock with what changed it' }],
  run: async (args, io) => (await import('./run-accept.js')).runAccept(args, io),
}
