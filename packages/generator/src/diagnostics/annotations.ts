import type { Diagnostic } from './diagnostic.js'

/**
 * One workflow command of GitHub Actions a finding, which shows it beside the
 * line in a pull request. `pathOf` says where a file of the project is in the
 * repository.
 */
export function annotations(diagnostics: readonly Diagnostic[], pathOf: (file: string) => string): string {
  return diagnostics.map((found) => annotation(found, pathOf)).join('')
}

function annotation(
  { code, severity, message, fix, place, related }: Diagnostic,
  pathOf: (file: string) => string,
): string {
  const properties = { file: pathOf(place.file), line: place.line, col: place.column, title: `mcp-gen ${code}` }
  const named = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  const others = related.map((other) => `${pathOf(other.place.file)}:${other.place.line} - ${other.message}`)
  const text = [message, ...others, `fix: ${fix}`].join('\n')
  return `::${severity} ${named.join(',')}::${escapeData(text)}\n`
}

/** What would end a command, or start another one (actions/toolkit, command.ts). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
