import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { byCodeUnits } from '../model/order.js'
import { GENERATED_DIRECTORY, onDisk } from './layout.js'

/** What stands in `generated/` before the build, as plain data. */
export interface ExistingFile {
  readonly path: string
  /** The whole text, or null if it is not a regular file. */
  readonly text: string | null
}

/** Reads `generated/`. If `generated` itself is not a folder, that is the one existing file; a link is not followed. */
export function readExistingOutput(projectDirectory: string): readonly ExistingFile[] {
  const directory = onDisk(projectDirectory, GENERATED_DIRECTORY)
  const stats = lstatSync(directory, { throwIfNoEntry: false })
  if (stats === undefined) return []
  if (!stats.isDirectory()) return [{ path: GENERATED_DIRECTORY, text: null }]
  return readdirSync(directory, { withFileTypes: true })
    .map((entry) => {
      const path = `${GENERATED_DIRECTORY}/${entry.name}`
      return { path, text: entry.isFile() ? readFileSync(onDisk(projectDirectory, path), 'utf8') : null }
    })
    .sort((a, b) => byCodeUnits(a.path, b.path))
}
