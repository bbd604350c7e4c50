import { basename, dirname, extname, resolve } from 'node:path'
import { type AccessMatrix, accessMatrix } from '../access/access-matrix.js'
import { asHtml } from '../access/as-html.js'
import { asMarkdown } from '../access/as-markdown.js'
import { asText } from '../access/as-text.js'
import { painter } from '../diagnostics/paint.js'
import { write } from '../write/write.js'
import type { Command } from './command.js'
import { ExitCode } from './exit-code.js'
import { type Io, wantsColor, widthOf } from './io.js'
import { jsonOption, projectOption, quietOption } from './options.js'
import { withProgress } from './progress.js'
import { counts, reportFindings } from './report-build.js'

type AccessFormat = 'text' | 'markdown' | 'json' | 'html'

export interface AccessArguments {
  readonly project: string
  readonly format: AccessFormat | undefined
  readonly output: string | undefined
  readonly json: boolean
  readonly quiet: boolean
}

/** `mcp-gen access` */
export const accessCommand: Command<AccessArguments> = {
  usage: 'access',
  description: 'print who may do what, as a table',
  options: {
    project: projectOption,
    format: {
      choices: ['text', 'markdown', 'json', 'html'],
      describe: 'how; text, or what the ending of --output says, if left out',
    },
    output: { type: 'string', requiresArg: true, describe: 'the file to write it to' },
    json: jsonOption,
    quiet: { ...quietOption, describe: 'do not say that the file was written' },
  },
  examples: [
    { command: 'access', text: 'print the table' },
    { command: 'access --output access.html', text: 'write it as a page for those who audit it' },
    { command: 'access --format markdown', text: 'print it for a pull request' },
  ],
  async run(args, io) {
    const projectDirectory = resolve(io.cwd, args.project)
    const format = args.json ? 'json' : (args.format ?? formatOf(args.output))
    const { model, diagnostics } = await withProgress('reading', io, async () => {
      const { inspect } = await import('../inspect.js')
      return inspect(projectDirectory)
    })
    if (model === null) {
      if (format === 'json') io.out.write(`${JSON.stringify({ diagnostics })}\n`)
      else {
        reportFindings(diagnostics, projectDirectory, io)
        io.err.write(`${counts(diagnostics)}: what is not right cannot be shown\n`)
      }
      return ExitCode.diagnostics
    }
    return show(accessMatrix(model), format, args, io)
  },
}

const ENDINGS: Readonly<Record<string, AccessFormat>> = {
  '.html': 'html',
  '.htm': 'html',
  '.md': 'markdown',
  '.json': 'json',
}

function formatOf(output: string | undefined): AccessFormat {
  return (output === undefined ? undefined : ENDINGS[extname(output).toLowerCase()]) ?? 'text'
}

function show(matrix: AccessMatrix, format: AccessFormat, { output, quiet }: AccessArguments, io: Io): ExitCode {
  if (output === undefined) {
    io.out.write(asFormat(matrix, format, io))
    return ExitCode.fine
  }
  const file = resolve(io.cwd, output)
  const text = asFormat(matrix, format, null)
  const failure = write(dirname(file), [{ action: 'write', path: basename(file), text }])
  if (failure !== null) {
    io.err.write(`${output} cannot be written: ${failure.problem}\n`)
    return ExitCode.misuse
  }
  if (!quiet) io.out.write(`wrote   ${output}\n`)
  return ExitCode.fine
}

/** `io` is where it is shown; a file has neither a width nor colours. */
function asFormat(matrix: AccessMatrix, format: AccessFormat, io: Io | null): string {
  switch (format) {
    case 'text': {
      const paint = painter(io !== null && wantsColor(io.out, io.env))
      return asText(matrix, { width: io === null ? 80 : widthOf(io.out), paint })
    }
    case 'markdown':
      return asMarkdown(matrix)
    case 'json':
      return `${JSON.stringify(matrix, null, 2)}\n`
    case 'html':
      return asHtml(matrix)
  }
}
