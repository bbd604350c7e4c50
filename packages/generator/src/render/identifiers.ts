/** Words that cannot name an import of a module, and names that the generated files use themselves. */
const TAKEN = new Set(
  (
    'clientFactory ClientFactory createClient ToolTypes ' +
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield ' +
    'Infinity NaN async as of satisfies tools Tools'
  ).split(' '),
)

/** A distinct identifier for each tool: `delete_note` is imported as `deleteNote`. */
export function importNames(tools: readonly string[]): ReadonlyMap<string, string> {
  const used = new Set<string>(TAKEN)
  return new Map(
    tools.map((tool) => {
      const name = distinct(camelCase(tool), used)
      used.add(name)
      return [tool, name]
    }),
  )
}

function camelCase(tool: string): string {
  return tool.replace(/_+([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase()).replace(/_+$/, '')
}

function distinct(name: string, used: ReadonlySet<string>): string {
  if (!used.has(name)) return name
  if (!used.has(`${name}Tool`)) return `${name}Tool`
  let number = 2
  while (used.has(`${name}Tool${number}`)) number++
  return `${name}Tool${number}`
}
