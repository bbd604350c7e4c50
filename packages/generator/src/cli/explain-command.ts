import { codes, explain, isCode } from '../diagnostics/explain.js'
import { didYouMean } from '../diagnostics/suggest.js'
import { ExitCode } from './exit-code.js'
import type { Io } from './io.js'

/** `mcp-gen explain CODE` */
export function explainCommand(code: string, io: Io): ExitCode {
  if (isCode(code)) {
    io.out.write(explain(code))
    return ExitCode.fine
  }
  const problem = code === '' ? 'Say which diagnostic.' : `There is no diagnostic '${code}'.${didYouMean(code, codes)}`
  io.err.write(`${problem}\n\nThere are:\n  ${codes.join('\n  ')}\n`)
  return ExitCode.misuse
}
