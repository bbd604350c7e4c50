import type { ts } from 'ts-morph'
import { typescript } from './ts-morph.js'

/** What the compiler says, in one line, and of every path in quotes its last part alone. */
export function flatMessage(message: string | ts.DiagnosticMessageChain): string {
  return typescript.flattenDiagnosticMessageText(message, ' ').replace(/'[^']*[/\\]([^/\\']+)'/g, "'$1'")
}
