import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { GENERATED_DIRECTORY } from '../load/layout.js'
import { codeFrame } from './code-frame.js'
import { type Diagnostic, type Place, type Related, visible } from './diagnostic.js'
import { type Paint, painter } from './paint.js'

/** How findings are shown on a terminal. */
export interface PrintOptions {
  readonly projectDirectory: string
  readonly color: boolean
}

/**
 * `file:line:column - error code: message`, a code frame and a hint for each
 * finding. The form of the first line is what editors and CI recognise.
 */
export function printDiagnostics(diagnostics: readonly Diagnostic[], options: PrintOptions): string {
  const paint = painter(options.color)
  return diagnostics.map((found) => `${printOne(found, options.projectDirectory, paint)}\n`).join('\n')
}

function printOne(found: Diagnostic, directory: string, paint: Paint): string {
  const { code, severity, message, fix, place, related } = found
  const level = paint(severity === 'error' ? 'red' : 'yellow', severity)
  const head = `${paint('cyan', whereIs(place))} - ${level} ${code}: ${message}`
  const frame = codeFrame(sourceOf(directory, place), place)
  return [
    head,
    ...(frame === '' ? [] : ['', indent(frame)]),
    '',
    ...related.map((other) => printRelated(other, directory, paint)),
    `  ${paint('green', 'fix:')} ${fix}`,
  ].join('\n')
}

/** Its line alone, without those around it: it is there to be recognised. */
function printRelated({ message, place }: Related, directory: string, paint: Paint): string {
  const frame = codeFrame(sourceOf(directory, place), place, 0)
  const head = `  ${paint('cyan', whereIs(place))} - ${message}`
  return [head, ...(frame === '' ? [] : [indent(indent(frame))]), ''].join('\n')
}

function whereIs({ file, line, column }: Place): string {
  return `${visible(file)}:${line}:${column}`
}

/** What a person wrote: of a file in generated/ that is somebody else's nothing is shown. */
function sourceOf(directory: string, place: Place): string {
  if (place.file.startsWith(`${GENERATED_DIRECTORY}/`)) return ''
  try {
    // Reading a pipe would wait for somebody to write into it.
    if (!statSync(join(directory, place.file)).isFile()) return ''
    return readFileSync(join(directory, place.file), 'utf8').replace(/^\ufeff/, '')
  } catch {
    // A finding about a file that is missing or unreadable has no frame.
    return ''
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ').replace(/[ ]+$/gm, '')
}
