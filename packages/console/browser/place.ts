/** The address under which an editor opens a place: `mcp/tools/a.ts:6`, with or without a column. */
export function editorAddress(directory: string, place: string): string {
  const [, path = place, line, column] = /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(place) ?? []
  const folder = directory.replaceAll('\\', '/').replace(/^\/+|\/+$/g, '')
  const file = `${folder}/${path}`.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':')
  const position = [line, column].filter((part) => part !== undefined).map((part) => `:${part}`)
  return `vscode://file/${file}${position.join('')}`
}
