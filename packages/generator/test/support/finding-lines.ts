import type { Diagnostic, Place } from '../../dist/diagnostics/diagnostic.js'

/** What `expected.txt` of a fixture holds of one finding: where, what, and the other places that it is about. */
export function findingLines({ place, severity, code, message, related }: Diagnostic): string {
  const others = related.map((other) => `  ${at(other.place)} - ${other.message}\n`)
  return [`${at(place)} - ${severity} ${code}: ${message}\n`, ...others].join('')
}

function at({ file, line, column, length }: Place): string {
  return `${file}:${line}:${column}+${length}`
}
