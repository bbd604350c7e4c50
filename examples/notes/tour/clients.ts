/** What to paste into the clients that people use, for an MCP server at `url`. */
export function pasteLines(url: string): string[] {
  return [
    `Claude Code   claude mcp add --transport http notes ${url}`,
    '              claude mcp login notes',
    `Codex         codex mcp add notes --url ${url}`,
    `VS Code       code --add-mcp '${JSON.stringify({ name: 'notes', type: 'http', url })}'`,
  ]
}
