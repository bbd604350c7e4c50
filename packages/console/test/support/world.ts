import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { createAuthorizationServer } from '@mcp-secure/auth-server'
import { policy } from '../../../../examples/notes/generated/policy.gen.js'
import { createServer } from '../../../../examples/notes/generated/server.gen.js'
import type { Decision } from '../../src/definition.js'
import { type ConsoleProcess, startConsole } from './console-process.js'
import { startFront } from './front.js'
import { notesState } from './state.js'

/** The notes example behind its front, with its authorization server and the console: what `mcp-gen dev` starts. */
export interface World {
  readonly origin: string
  readonly resource: string
  readonly issuer: string
  /** The console that runs now. */
  readonly console: () => ConsoleProcess
  /** What `mcp-gen dev` does when the console ends: starts another and tells it the state. */
  restartConsole(): Promise<void>
  /** An authorization server that knows neither clients nor tokens any more. */
  forgetLogins(): Promise<void>
  close(): Promise<void>
}

export async function startWorld(): Promise<World> {
  const data = await mkdtemp(join(tmpdir(), 'console-'))
  process.env.NOTES_DATA = data
  const front = await startFront()
  const issuerPort = await freePort()
  const environment = {
    NODE_ENV: 'test',
    MCP_RESOURCE: `${front.origin}/mcp`,
    MCP_AUTH_ISSUER: `http://localhost:${issuerPort}`,
    MCP_INTROSPECTION_SECRET: 'known-to-both-for-this-test-only',
  }
  const { MCP_RESOURCE: resource, MCP_AUTH_ISSUER: issuer } = environment
  const startAuthorizationServer = async (): ReturnType<typeof createAuthorizationServer> => {
    const app = await createAuthorizationServer(policy, { environment, state: 'memory' })
    await app.listen({ host: 'localhost', port: issuerPort })
    return app
  }
  let authorizationServer = await startAuthorizationServer()
  let console = await startConsole()
  const log = new AuditLog((decision) => console.send({ type: 'decision', decision }))
  const server = await createServer({ environment, logger: { level: 'info', stream: log } })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  const begin = (): void => {
    front.route({ console: console.port, server: port })
    console.send({ type: 'state', state: notesState({ resource, issuer }) })
  }
  begin()
  return {
    origin: front.origin,
    resource,
    issuer,
    console: () => console,
    async restartConsole() {
      await console.stop()
      console = await startConsole()
      begin()
    },
    async forgetLogins() {
      await authorizationServer.close()
      authorizationServer = await startAuthorizationServer()
    },
    async close() {
      await console.stop()
      await front.close()
      await server.close()
      await authorizationServer.close()
      await rm(data, { recursive: true })
    },
  }
}

interface AuditRecord {
  readonly decision: 'allowed' | 'refused'
  readonly method?: string
  readonly tool?: string
  readonly needed?: readonly string[]
  readonly held?: readonly string[]
  readonly subject?: string
  readonly clientId?: string
  readonly outcome?: string
  readonly reason?: string
}

/** Reads the decisions out of the server's log. */
class AuditLog extends Writable {
  readonly #tell: (decision: Decision) => void

  constructor(tell: (decision: Decision) => void) {
    super()
    this.#tell = tell
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    for (const line of chunk.toString().split('\n').filter(Boolean)) {
      const { audit, reqId, time } = JSON.parse(line) as { audit?: AuditRecord; reqId?: string; time: number }
      if (audit) this.#tell(decisionOf(audit, reqId ?? randomUUID(), time))
    }
    done()
  }
}

function decisionOf(audit: AuditRecord, id: string, time: number): Decision {
  const { decision, method = 'POST', tool, needed = [], held = [], subject, clientId, outcome, reason } = audit
  const statuses: Readonly<Record<string, number>> = { 'insufficient-scope': 403, 'token-missing': 401 }
  return {
    id,
    at: new Date(time).toISOString(),
    method,
    ...(tool === undefined ? {} : { name: tool }),
    ...(subject === undefined ? {} : { subject }),
    ...(clientId === undefined ? {} : { clientId }),
    needed,
    held,
    outcome: outcome === 'failed' ? 'failed' : decision,
    reason: reason ?? outcome ?? '',
    status: decision === 'allowed' ? 200 : (statuses[reason ?? ''] ?? 400),
    milliseconds: 3,
  }
}

async function freePort(): Promise<number> {
  const probe = createTcpServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return address.port
}
