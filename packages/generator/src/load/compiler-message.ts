import { ts } from 'ts-morph'

/** What the compiler says, in one line, and of every path in quotes its last part alone. */
export function flatMessage(message: string | ts.DiagnosticMessageChain): string {
  return ts.flattenDiagnosticMessageText(message, ' ').replace(/'[^']*[/\\]([^/\\']+)'/g, "'$1'")
}
