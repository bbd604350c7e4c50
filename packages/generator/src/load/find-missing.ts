import { type Diagnostic, diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { isDirectory } from './entry-files.js'

/** The folders that must be there; nothing is parsed without them. */
export function findMissing(directory: string): readonly Diagnostic[] {
  return isDirectory(directory) ? [] : [diagnostic('project-missing', startOf('.'), { directory })]
}
