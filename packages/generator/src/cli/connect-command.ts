import type { Command } from './command.js'
import { projectOption } from './options.js'

export interface ConnectArguments {
  readonly client: string
  readonly project: string
  readonly url: string | undefined
  readonly name: string | undefined
  readonly write: boolean
  readonly json: boolean
}

/** `mcp-gen connect [client]` */
export const connectCommand: Command<ConnectArguments> = {
  usage: 'connect [client]',
  description: 'print what to paste into Claude, ChatGPT, Codex, VS Code and others',
  positionals: {
    client: { type: 'string', default: '', describe: 'such as claude-code; they are listed if it is left out' },
  },
  options: {
    project: projectOption,
    url: { type: 'string', requiresArg: true, describe: 'the address of the server, if not the one in mcp/server.ts' },
    name: { type: 'string', requiresArg: true, describe: 'what the client calls the server, if not its own name' },
    write: { type: 'boolean', default: false, describe: "add it to the client's file in the project" },
    json: { type: 'boolean', default: false, describe: 'print it for a program' },
  },
  completions: { client: async () => (await import('../connect/clients.js')).CLIENTS.map(({ id }) => id) },
  examples: [
    { command: 'connect claude-code', text: 'say how Claude Code is connected' },
    { command: 'connect vscode --write', text: 'add the server to .vscode/mcp.json' },
    { command: 'connect codex --url https://a.example/mcp', text: 'the same server where it is deployed' },
  ],
  run: async (args, io) => (await import('./run-connect.js')).runConnect(args, io),
}
