import { readFileSync } from 'node:fs'
import yargs from 'yargs'
import { type BuildArguments, buildCommand } from './build-command.js'
import { type DevArguments, devCommand } from './dev-command.js'
import { ExitCode } from './exit-code.js'
import { explainCommand } from './explain-command.js'
import type { Io } from './io.js'

/**
 * Runs one command line and returns the exit code: 0 fine, 1 diagnostics, 2
 * misuse, 70 a bug of mcp-gen.
 */
export async function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  let code: ExitCode = ExitCode.fine
  const parser = commands(io, (result) => {
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

class Misuse extends Error {}

function commands(io: Io, exit: (code: ExitCode) => void): ReturnType<typeof yargs> {
  return yargs()
    .scriptName('mcp-gen')
    .usage('$0 <command>\n\nChecks a spec and emits the server, its access policy and what clients see.')
    .command(
      'build',
      'check mcp/ and write generated/',
      (command) =>
        command
          .option('project', {
            type: 'string',
            default: '.',
            requiresArg: true,
            describe: 'the folder that holds mcp/',
          })
          .option('watch', { type: 'boolean', default: false, describe: 'build again whenever something changes' })
          .option('format', { choices: ['pretty', 'json'], default: 'pretty', describe: 'how findings are printed' })
          .version(false),
      async (args: BuildArguments) => exit(await buildCommand(args, io)),
    )
    .command(
      'dev',
      'build, run and watch the project, with its authorization server and its console',
      (command) =>
        command
          .option('project', {
            type: 'string',
            default: '.',
            requiresArg: true,
            describe: 'the folder that holds mcp/',
          })
          .option('port', { type: 'string', requiresArg: true, describe: 'where the MCP server listens' })
          .option('open', { type: 'boolean', default: false, describe: 'show the console in the browser' })
          .option('format', { choices: ['pretty', 'json'], default: 'pretty', describe: 'how events are printed' })
          .version(false),
      async (args: DevArguments) => exit(await devCommand(args, io)),
    )
    .command(
      'explain [code]',
      'say what a diagnostic means and how to repair it',
      (command) =>
        command.positional('code', { type: 'string', default: '', describe: 'such as unknown-scope' }).version(false),
      (args: { readonly code: string }) => exit(explainCommand(args.code, io)),
    )
    .example('$0 build', 'build the project in this folder')
    .example('$0 build --project examples/notes --watch', 'build another one, again at every change')
    .example('$0 explain unknown-scope', 'read more about a finding')
    .demandCommand(1, 1, 'Say what to do: build, dev or explain.', 'One command at a time.')
    .strict()
    .recommendCommands()
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

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}

function bugReport(error: unknown): string {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `This is a bug in mcp-gen, not in your project. Please report it with the lines below.\n\nmcp-gen ${version()}, Node ${process.version}\n${detail}`
}

function processIo(): Io {
  return { cwd: process.cwd(), env: process.env, out: process.stdout, err: process.stderr, interrupted }
}

/** Only who waits for it listens: a build by itself is ended by the signal as every program is. */
function interrupted(): AbortSignal {
  const abort = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort())
  return abort.signal
}
