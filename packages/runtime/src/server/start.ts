import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { ConfigurationError } from '../configuration/configuration-error.js'
import { describe, EX_CONFIG, endOnSignal } from './process-life.js'
import { portProblem, resourceOf, whereToListen } from './where-to-listen.js'

/** Milliseconds that a shutdown may take before the process ends all the same. */
const SHUTDOWN_LIMIT = 15_000

/**
 * The whole life of a server process: makes the server, listens on `HOST` and
 * `PORT`, says where (also to the parent, as `{ type: 'listening', port }`, if it has a channel), and ends on SIGINT or SIGTERM when every request that it
 * took is answered. What stops it from starting is printed, and the process
 * exits with 78 if it is the configuration and 1 if it is anything else.
 */
export async function start(createServer: () => Promise<FastifyInstance>): Promise<void> {
  try {
    const app = await createServer().catch((error: unknown) => {
      throw withPort(error, portProblem(process.env))
    })
    endOnSignal(SHUTDOWN_LIMIT, () => close(app))
    const where = whereToListen(app, process.env)
    await listen(app, where)
    const { port } = app.server.address() as AddressInfo
    const resource = resourceOf(app)
    const at = `http://${where.host}:${port}`
    tellParent(port)
    process.stdout.write(`The MCP server is ready: ${resource ?? at} (listening on ${at})\n`)
  } catch (error) {
    const configuration = error instanceof ConfigurationError
    process.stderr.write(`${configuration || isListenError(error) ? error.message : describe(error)}\n`)
    process.exit(configuration ? EX_CONFIG : 1)
  }
}

/** One start tells everything: what is wrong with the port is not kept for the next one. */
function withPort(error: unknown, problem: string | undefined): unknown {
  if (!(error instanceof ConfigurationError) || problem === undefined) return error
  return new ConfigurationError([...error.problems, problem], error.hint)
}

/** Whoever started this process with a channel to it, such as `mcp-gen dev`, learns where it listens. */
function tellParent(port: number): void {
  if (process.connected) process.send?.({ type: 'listening', port })
}

async function listen(app: FastifyInstance, { host, port }: { host: string; port: number }): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw listenError(error, host, port)
  }
}

class ListenError extends Error {}

function isListenError(error: unknown): error is ListenError {
  return error instanceof ListenError
}

function listenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new ListenError(
      `Port ${port} on ${host} is taken: another program, or an earlier start of this server, listens there.\n` +
        'End that one, or choose another port with PORT (in development, change the resource to match).',
    )
  }
  if (code === 'EACCES') {
    return new ListenError(`Port ${port} may not be used by this user. Choose one above 1023 with PORT.`)
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ListenError(`This machine has no address ${host}. Set HOST to one that it has, or leave it out.`)
  }
  return error
}

function close(app: FastifyInstance): void {
  app.close().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`The server did not close properly: ${describe(error)}\n`)
      process.exit(1)
    },
  )
}
