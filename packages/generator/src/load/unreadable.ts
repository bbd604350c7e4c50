import { isAbsolute, relative, sep } from 'node:path'
import { type Diagnostic, diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { isSystemError } from './system-error.js'

/**
 * The finding for a file of the project that the system does not let be read.
 * Null for everything else: that a file vanished is no state of a project, and
 * what lies outside of it is none of its files.
 */
export function unreadable(projectDirectory: string, error: unknown): Diagnostic | null {
  if (!isSystemError(error) || error.code === 'ENOENT') return null
  if (!('path' in error) || typeof error.path !== 'string') return null
  const path = relative(projectDirectory, error.path)
  if (isAbsolute(path) || path.startsWith('..')) return null
  const file = path === '' ? '.' : path.split(sep).join('/')
  return diagnostic('file-unreadable', startOf(file), { file, problem: error.code })
}
