import { lstatSync, realpathSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { type Diagnostic, diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { GENERATED_DIRECTORY, onDisk } from './layout.js'

/** `generated` is a folder of the project itself: what is removed and replaced there is then nobody else's. */
export function linkedOutput(projectDirectory: string): readonly Diagnostic[] {
  const directory = onDisk(projectDirectory, GENERATED_DIRECTORY)
  if (lstatSync(directory, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return []
  const where = whereTo(projectDirectory, directory)
  return [diagnostic('output-linked', startOf(GENERATED_DIRECTORY), { directory: GENERATED_DIRECTORY, where })]
}

function whereTo(projectDirectory: string, link: string): string {
  try {
    const path = relative(realpathSync(projectDirectory), realpathSync(link)).split(sep).join('/')
    return path.startsWith('..') || path.includes(':') ? 'out of the project' : `to ${path === '' ? '.' : path}`
  } catch {
    return 'nowhere'
  }
}
