import type { SourceFile, ts } from 'ts-morph'
import { type Diagnostic, diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { flatMessage } from './compiler-message.js'

/** The first fault of a file that the parser found; `read` parses it. */
export function syntaxErrors(read: () => SourceFile, path: string): readonly Diagnostic[] {
  const source = parsed(read)
  if (source === null) return [diagnostic('syntax-error', startOf(path), { problem: 'It is nested too deeply.' })]
  // The compiler keeps what the parser found on the file, without naming it in its types;
  // asking a Program for it would load every library that the project imports.
  const { parseDiagnostics = [] } = source.compilerNode as ts.SourceFile & { parseDiagnostics?: ts.Diagnostic[] }
  return parseDiagnostics.slice(0, 1).map((found) => {
    const { line, column } = source.getLineAndColumnAtPos(found.start ?? 0)
    return diagnostic(
      'syntax-error',
      { file: path, line, column, length: Math.max(1, found.length ?? 1) },
      {
        problem: flatMessage(found.messageText),
      },
    )
  })
}

/** The parser follows what is nested by calling itself, and then there is an end to it. */
function parsed(read: () => SourceFile): SourceFile | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
