import type { ItemKind } from '../model/item-name.js'

/** Words that cannot name an import of a module, and names that the generated files use themselves. */
const TAKEN = new Set(
  (
    'clientFactory ClientFactory createClient ToolTypes ' +
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield ' +
    'Infinity NaN async as of satisfies tools Tools resources Resources prompts Prompts'
  ).split(' '),
)

/** A distinct identifier for each module of one file: the tool `delete_note` is imported as `deleteNote`. */
export function importNames(kind: ItemKind, items: readonly string[]): ReadonlyMap<string, string> {
  const suffix = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  const used = new Set<string>(TAKEN)
  return new Map(
    items.map((item) => {
      const name = distinct(camelCase(item), suffix, used)
      used.add(name)
      return [item, name]
    }),
  )
}

function camelCase(item: string): string {
  return item.replace(/_+([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase()).replace(/_+$/, '')
}

function distinct(name: string, suffix: string, used: ReadonlySet<string>): string {
  if (!used.has(name)) return name
  if (!used.has(`${name}${suffix}`)) return `${name}${suffix}`
  let number = 2
  while (used.has(`${name}${suffix}${number}`)) number++
  return `${name}${suffix}${number}`
}
