import { lstatSync, readFileSync } from 'node:fs'
import { onDisk } from './layout.js'

/** What stands where the lock belongs. */
export type ExistingLock =
  | { readonly kind: 'missing' }
  | { readonly kind: 'file'; readonly text: string }
  /** A folder, or a link, which could lead anywhere. */
  | { readonly kind: 'other' }

export function readExistingLock(projectDirectory: string, path: string): ExistingLock {
  const file = onDisk(projectDirectory, path)
  const stats = lstatSync(file, { throwIfNoEntry: false })
  if (stats === undefined) return { kind: 'missing' }
  return stats.isFile() ? { kind: 'file', text: readFileSync(file, 'utf8') } : { kind: 'other' }
}
