import { statSync } from 'node:fs'
import { definitionsIn } from '../load/entry-files.js'
import { DIRECTORIES, onDisk } from '../load/layout.js'
import { itemName } from '../model/item-name.js'
import type { Addition } from './kind.js'

/** What stands in the way of an addition, as a path of the project, or null. */
export function takenBy(
  projectDirectory: string,
  { kind, name, module, test }: Pick<Addition, 'kind' | 'name' | 'module' | 'test'>,
): string | null {
  const others = definitionsIn(projectDirectory, DIRECTORIES[kind])
  // Names that differ in capitals alone are one file on some systems, and refused by a build on all.
  const same = others.find((other) => itemName(other).toLowerCase() === name.toLowerCase())
  return same ?? [module, test].find((path) => exists(onDisk(projectDirectory, path))) ?? null
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // What cannot be looked at cannot be written either: the write says why.
    return false
  }
}
