import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js'
import { onDisk } from './layout.js'

/** A compiler would read another character for each byte that it does not know, and say nothing. */
export function notUtf8(projectDirectory: string, path: string): readonly Diagnostic[] {
  const bytes = readFileSync(onDisk(projectDirectory, path))
  if (isUtf8(bytes)) return []
  return [diagnostic('not-utf-8', { file: path, line: lineOfFault(bytes), column: 1, length: 1 }, { file: path })]
}

function lineOfFault(bytes: Buffer): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start)
    const stop = end === -1 ? bytes.length : end
    if (!isUtf8(bytes.subarray(start, stop))) return line
    start = stop + 1
  }
  return line
}
