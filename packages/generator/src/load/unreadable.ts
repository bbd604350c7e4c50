import { isAbsolute, relative, sep } from 'node:path'
import { type Diagnostic, diagnostic, startOf } from '../diagnostics/diagnostic.js'

/**
 * The finding for a file of the project that the system does not let be read.
 * Null for everything else: that a file vanished is no state of a project, and
 * what lies outside of it is none of its files.
 */
export function unreadable(projectDirectory: string, error: unknown): Diagnostic | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error) || !('path' in error)) return null
  if (typeof error.path !== 'string' || error.code === 'ENOENT') return null
  const path = relative(projectDirectory, error.path)
  if (isAbsolute(path) || path.startsWith('..')) return null
  const file = path === '' ? '.' : path.split(sep).join('/')
  return diagnostic('file-unreadable', startOf(file), { file, problem: String(error.code) })
}
