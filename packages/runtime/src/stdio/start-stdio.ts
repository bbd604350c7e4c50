import { type DestinationStream, pino } from 'pino'
import { ConfigurationError } from '../configuration/configuration-error.js'
import type { ServerDefinition } from '../definition.js'
import { describe, EX_CONFIG, endOnSignal } from '../server/process-life.js'
import { ownStdout } from './own-stdout.js'
import { serveStdio } from './serve-stdio.js'

/** Milliseconds that a shutdown may take before the process ends all the same. */
const SHUTDOWN_LIMIT = 10_000

/** What `server.gen.ts` exports, as far as it is needed here. */
export interface ServerModule {
  readonly definition: ServerDefinition
}

/**
 * The whole life of a process that serves one client over its standard input and output: takes standard output for
 * the protocol, loads the server, serves, and ends when the client closes its end, or on SIGINT or SIGTERM. It
 * listens on no port. The log goes to standard error; so does everything that the project's own code prints, also
 * while it is loaded, which is why `load` is a function.
 *
 * In whose name the client acts and which scopes it has is said by `MCP_STDIO_SUBJECT` and `MCP_STDIO_SCOPES`. What
 * stops the server from starting is printed on standard error, and the process exits with 78 if it is the
 * configuration and 1 if it is anything else.
 */
export async function startStdio(load: () => Promise<ServerModule>): Promise<void> {
  const output = ownStdout()
  try {
    const { definition } = await load()
    const log = pino({ level: 'info' }, STANDARD_ERROR)
    const server = await serveStdio(definition, { input: process.stdin, output, environment: process.env, log })
    endOnSignal(SHUTDOWN_LIMIT, () => server.close())
    if (process.stdin.isTTY) say('An MCP client starts this program and writes to it, a message a line.')
    await server.ended
    // What was written last may be on its way still.
    await new Promise<void>((resolve) => (output.destroyed ? resolve() : output.end(resolve)))
    process.exit(0)
  } catch (error) {
    const configuration = error instanceof ConfigurationError
    say(configuration ? error.message : describe(error))
    process.exit(configuration ? EX_CONFIG : 1)
  }
}

/**
 * Not by the file descriptor, as pino does by itself: that would try again for ever, at the end of the process, to write
 * what a client that is gone does not read.
 */
const STANDARD_ERROR: DestinationStream = { write: (line) => void process.stderr.write(line) }

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
