import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { serverFactory } from '@mcp-secure/runtime'

const DIST = fileURLToPath(new URL('../../../runtime/dist/', import.meta.url))
/** Where Node finds the runtime's own dependencies, and where nothing transforms what is loaded. */
const PLACE = fileURLToPath(new URL('../../node_modules/.broken-runtime/', import.meta.url))

/** A change that breaks one rule of the guard. */
export interface Break {
  /** A file of the runtime, compiled: `guard/grant.js`. */
  readonly file: string
  readonly from: string
  readonly to: string
}

/** The runtime with one rule broken. */
export async function brokenRuntime({
  file,
  from,
  to,
}: Break): Promise<{ readonly serverFactory: typeof serverFactory }> {
  mkdirSync(PLACE, { recursive: true })
  const directory = mkdtempSync(PLACE)
  cpSync(DIST, directory, { recursive: true, filter: (path) => !/\.(?:map|d\.ts|tsbuildinfo)$/.test(path) })
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }')
  const path = join(directory, ...file.split('/'))
  const text = readFileSync(path, 'utf8')
  if (text.split(from).length !== 2)
    throw new Error(`${file} does not hold this once, so nothing would be broken: ${from}`)
  writeFileSync(
    path,
    text.replace(from, () => to),
  )
  return (await import(pathToFileURL(join(directory, 'index.js')).href)) as { serverFactory: typeof serverFactory }
}

export function removeBrokenRuntimes(): void {
  rmSync(PLACE, { recursive: true, force: true })
}
