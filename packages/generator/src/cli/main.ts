import { accessCommand } from './access-command.js'
import { addCommand } from './add-command.js'
import { buildCommand } from './build-command.js'
import { type Command, nameOf } from './command.js'
import { COMPLETION_WORD, complete } from './completion.js'
import { connectCommand } from './connect-command.js'
import { devCommand } from './dev-command.js'
import { doctorCommand } from './doctor-command.js'
import { ExitCode } from './exit-code.js'
import { explainCommand } from './explain-command.js'
import { explainMisuse } from './explain-misuse.js'
import { type Io, processIo } from './io.js'
import { createParser, Misuse } from './parser.js'
import { version } from './version.js'

/** Every command, in the order in which `--help` shows them. */
export const COMMANDS: readonly Command[] = [
  buildCommand,
  devCommand,
  addCommand,
  connectCommand,
  accessCommand,
  doctorCommand,
  explainCommand,
]

/**
 * Runs one command line and returns the exit code: 0 fine, 1 diagnostics, 2
 * misuse, 70 a bug of mcp-gen.
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  if (argv[0] === COMPLETION_WORD) return completed(argv.slice(1), io)
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
      const message = explainMisuse(error.message, argv, COMMANDS)
      io.err.write(`${message}\n\n\`${helpFor(argv)}\` says more.\n`)
      return ExitCode.misuse
    }
    io.err.write(`${bugReport(error)}\n`)
    return ExitCode.bug
  }
}

/** A shell shows whatever is printed: if something goes wrong, it is offered nothing. */
async function completed(words: readonly string[], io: Io): Promise<number> {
  io.out.write(await complete(words, COMMANDS, io).catch(() => ''))
  return ExitCode.fine
}

function helpFor(argv: readonly string[]): string {
  return ['mcp-gen', ...commandIn(argv, COMMANDS), '--help'].join(' ')
}

/** The words that name a command, with the commands that it is one of. */
function commandIn([word, ...words]: readonly string[], commands: readonly Command[]): readonly string[] {
  const command = commands.find((candidate) => nameOf(candidate) === word)
  return command === undefined ? [] : [nameOf(command), ...commandIn(words, command.commands ?? [])]
}

function bugReport(error: unknown): string {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `This is a bug in mcp-gen, not in your project. Please report it with the lines below.\n\nmcp-gen ${version()}, Node ${process.version}\n${detail}`
}
