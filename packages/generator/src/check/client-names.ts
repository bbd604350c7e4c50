import type { ClientId } from '../model/clients.js'

/** What a client makes of the name of a tool, together with the name that its user gives the server. */
export interface NameLimit {
  readonly client: ClientId
  readonly length: (server: string, tool: string) => number
  readonly longest: number
  /** What it does with a longer one, in words that fit behind "is longer than that client takes, which". */
  readonly effect: string
}

/** The known limits, a row each, with where it was seen. */
export const NAME_LIMITS: readonly NameLimit[] = [
  // `mcp__<server>__<tool>`, refused by the API: ChromeDevTools/chrome-devtools-mcp#1169
  {
    client: 'claude',
    length: (server, tool) => 'mcp__'.length + server.length + '__'.length + tool.length,
    longest: 64,
    effect: 'fails the whole request',
  },
  // "Combined server and tool name length (60) exceeds 60 characters": ComposioHQ/composio#2788, awslabs/mcp#1283
  {
    client: 'cursor',
    length: (server, tool) => server.length + tool.length,
    longest: 59,
    effect: 'leaves the tool out',
  },
]

/** What Gemini CLI calls a tool: google-gemini/gemini-cli, generateValidName, with and without the server. */
export function geminiNames(server: string, tool: string): readonly string[] {
  return [cut(tool), cut(`${server}__${tool}`)]
}

function cut(name: string): string {
  return name.length > 63 ? `${name.slice(0, 28)}___${name.slice(-32)}` : name
}
