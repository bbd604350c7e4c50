import { readFileSync } from 'node:fs'

/** The version of this package, and of every package of ours that a project starts with. */
export function ownVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}
