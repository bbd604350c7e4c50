import { codes, explain, isCode } from '../diagnostics/explain.js'
import { didYouMean } from '../diagnostics/suggest.js'
import type { Command } from './command.js'
import { ExitCode } from './exit-code.js'

export interface ExplainArguments {
  readonly code: string
}

/** `mcp-gen explain CODE` */
export const explainCommand: Command<ExplainArguments> = {
  usage: 'explain [code]',
  description: 'say what a diagnostic means and how to repair it',
  positionals: { code: { type: 'string', default: '', describe: 'such as unknown-scope' } },
  completions: { code: () => codes },
  examples: [{ command: 'explain unknown-scope', text: 'read more about a finding' }],
  run({ code }, io) {
    if (isCode(code)) {
      io.out.write(explain(code))
      return ExitCode.fine
    }
    const suggestion = didYouMean(code, codes)
    const problem = code === '' ? 'Say which diagnostic.' : `There is no diagnostic '${code}'.${suggestion}`
    // Whoever mistyped one would have to scroll back over all of them.
    const list = suggestion === '' ? `\n\nThere are:\n  ${codes.join('\n  ')}` : ''
    io.err.write(`${problem}${list}\n`)
    return ExitCode.misuse
  },
}
