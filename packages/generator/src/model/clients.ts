/** The clients that a project can be for, by the name that `clients` in mcp/server.ts gives them. */
export const CLIENTS = {
  claude: 'Claude',
  chatgpt: 'ChatGPT',
  codex: 'Codex',
  cursor: 'Cursor',
  gemini: 'Gemini CLI',
  vscode: 'VS Code',
  sdk: 'the official SDKs',
} as const

export type ClientId = keyof typeof CLIENTS

export const CLIENT_IDS = Object.keys(CLIENTS) as readonly ClientId[]

export function isClientId(name: string): name is ClientId {
  return Object.hasOwn(CLIENTS, name)
}
