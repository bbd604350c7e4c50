import { buildCommand } from './build-command.js'
import type { Command } from './command.js'
import { ExitCode } from './exit-code.js'
import { explainCommand } from './explain-command.js'
import { type Io, processIo } from './io.js'
import { createParser, Misuse } from './parser.js'
import { version } from './version.js'

/** Every command, in the order in which `--help` shows them. */
export const COMMANDS: readonly Command[] = [buildCommand, explainCommand]

/**
 * Runs one command line and returns the exit code: 0 fine, 1 diagnostics, 2
 * misuse, 70 a bug of mcp-gen.
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  let code: ExitCode = ExitCode.fine
  const parser = createParser(COMMANDS, io, (result) => {
    code = result
  })
  try {
    let output = ''
    await parser.parseAsync([...argv], (_error: unknown, _argv: unknown, text: string) => {
      output = text
    })
    if (output !== '') io.out.write(`${output}\n`)
    return code
  } catch (error) {
    if (error instanceof Misuse) {
      io.err.write(`${error.message}\n\n\`mcp-gen --help\` shows the commands.\n`)
      return ExitCode.misuse
    }
    io.err.write(`${bugReport(error)}\n`)
    return ExitCode.bug
  }
}

function bugReport(error: unknown): string {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `This is a bug in mcp-gen, not in your project. Please report it with the lines below.\n\nmcp-gen ${version()}, Node ${process.version}\n${detail}`
}
