import type { Command } from './command.js'
import { jsonOption, projectOption } from './options.js'

export interface DoctorArguments {
  readonly url: string
  readonly project: string
  readonly format: 'text' | 'json'
  readonly json: boolean
}

/** `mcp-gen doctor [url]` */
export const doctorCommand: Command<DoctorArguments> = {
  usage: 'doctor [url]',
  description: 'look at a running server as clients do, and say what keeps them out',
  positionals: {
    url: { type: 'string', default: '', describe: 'its address, if not the one in mcp/server.ts' },
  },
  options: {
    project: projectOption,
    format: { choices: ['text', 'json'], default: 'text', describe: 'how' },
    json: jsonOption,
  },
  examples: [
    { command: 'doctor', text: 'look at the server of this project, where it runs' },
    { command: 'doctor https://a.example/mcp', text: 'look at one that is deployed' },
  ],
  run: async (args, io) => (await import('./run-doctor.js')).runDoctor(args, io),
}
