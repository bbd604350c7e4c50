import type { Option } from 'yargs'

/** Which project a command is about. */
export const projectOption: Option = {
  type: 'string',
  default: '.',
  requiresArg: true,
  describe: 'the folder that holds mcp/',
}

/** For programs that read what a command prints. */
export const jsonOption: Option = { type: 'boolean', default: false, describe: 'the same as --format json' }

/** For those who read only what went wrong. */
export const quietOption: Option = { type: 'boolean', default: false, describe: 'print errors only' }
