import type { Option } from 'yargs'

/** Which project a command is about. */
export const projectOption: Option = {
  type: 'string',
  default: '.',
  requiresArg: true,
  describe: 'the folder that holds mcp/',
}
