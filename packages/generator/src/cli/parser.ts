import yargs, { type Parser } from 'yargs'
import { type Command, nameOf } from './command.js'
import type { ExitCode } from './exit-code.js'
import type { Io } from './io.js'
import { version } from './version.js'

/** A command line that `mcp-gen` cannot make sense of; the message says why. */
export class Misuse extends Error {}

/** The parser of the whole command line. A command that was run hands its code to `exit`. */
export function createParser(commands: readonly Command[], io: Io, exit: (code: ExitCode) => void): Parser {
  const names = commands.map(nameOf)
  const parser = yargs()
    .scriptName('mcp-gen')
    .usage('$0 <command>\n\nChecks a spec and emits the server, its access policy and what clients see.')
  for (const command of commands) add(parser, command, io, exit)
  addExamples(
    parser,
    commands.flatMap(({ examples }) => examples.slice(0, 2)),
  )
  return parser
    .demandCommand(1, 1, `Say what to do: ${listed(names)}.`, 'One command at a time.')
    .strict()
    .recommendCommands()
    .completion('completion', 'print what teaches your shell to complete commands, options and values')
    .parserConfiguration({ 'duplicate-arguments-array': false, 'boolean-negation': false })
    .alias('help', 'h')
    .version(version())
    .locale('en')
    .exitProcess(false)
    .wrap(100)
    .fail((message, error) => {
      // yargs hands our own errors through here too; only its own are misuse.
      if (error !== undefined && error.name !== 'YError') throw error
      throw new Misuse(message)
    })
}

function add(parser: Parser, command: Command, io: Io, exit: (code: ExitCode) => void): void {
  const { usage, description, positionals = {}, options = {}, examples, commands = [] } = command
  parser.command(
    usage,
    description,
    (own) => {
      for (const [name, option] of Object.entries(positionals)) own.positional(name, option)
      for (const [name, option] of Object.entries(options)) own.option(name, { ...option, global: false })
      for (const inner of commands) add(own, inner, io, exit)
      addExamples(own, examples)
      return own.version(false)
    },
    async (args) => exit(await command.run(args, io)),
  )
}

function addExamples(parser: Parser, examples: Command['examples']): void {
  for (const { command, text } of examples) parser.example(`$0 ${command}`, text)
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
