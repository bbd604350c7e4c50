import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@mcp-secure/testing'
import type { Answer } from '../http/answer.js'
import { NOTHING } from '../http/answer.js'
import { exchange } from '../http/exchange.js'
import { bytesOf, type RawRequest, RESOURCE } from '../http/request.js'
import { HostileIssuer } from './hostile-issuer.js'
import { BOARDS, HELLO, NOTES, TARGET } from './places.js'
import { Program } from './program.js'
import { setTrap, type Trap } from './trap.js'

/** Everything that is attacked, each in a process of its own, and what attackers have at hand. */
export interface World {
  /** A generated server for JWTs, whose handlers tell when they run. */
  readonly target: Program
  /** A generated server for opaque tokens of the same issuer: `examples/hello`. */
  readonly hello: Program
  /** A generated server with a public tool, and with resources that can be subscribed to. */
  readonly boards: Program
  /** The embedded authorization server of `examples/notes`. */
  readonly authorization: Program & { readonly issuer: string }
  readonly issuer: HostileIssuer
  readonly trap: Trap
  /** The first answer to a request to `target`. */
  ask(request: RawRequest): Promise<Answer>
  /** The first answer to a request to `hello`. */
  askHello(request: RawRequest): Promise<Answer>
  /** The first answer to a request to `boards`. */
  askBoards(request: RawRequest): Promise<Answer>
  close(): Promise<void>
}

/** By which the target shows who it is when it exchanges tokens; never to be logged. */
export const EXCHANGE_SECRET = 'attack-exchange-secret-7d1f'

export const HELLO_HOST = 'hello.example'

export async function createWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-attack-'))
  const [issuer, trap] = await Promise.all([HostileIssuer.start(), setTrap()])
  // The authorization server has to know its address before it listens there.
  const authorizationIssuer = `http://localhost:${await freePort()}`
  const started = await Promise.allSettled([
    startTarget(issuer.issuer),
    startHello(issuer),
    startBoards(issuer.issuer),
    Program.start('dist/generated/authorization-server.gen.js', NOTES, {
      NODE_ENV: 'development',
      MCP_RESOURCE: 'http://localhost:3000/mcp',
      MCP_AUTH_ISSUER: authorizationIssuer,
      MCP_AUTH_STATE: join(folder, 'auth-server'),
      MCP_INTROSPECTION_SECRET: issuer.secret,
    }),
  ])
  const programs = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const close = async (): Promise<void> => {
    await Promise.all([...programs.map((program) => program.stop()), issuer.stop(), trap.close()])
    await rm(folder, { recursive: true, force: true })
  }
  const [target, hello, boards, authorization] = programs
  const failed = started.find((one) => one.status === 'rejected')
  if (!target || !hello || !boards || !authorization || failed !== undefined) {
    await close()
    throw failed?.reason ?? new Error('a server did not start')
  }
  return {
    target,
    hello,
    boards,
    authorization: Object.assign(authorization, { issuer: authorizationIssuer }),
    issuer,
    trap,
    ask: async (request) => (await exchange(target.port, bytesOf(request)))[0] ?? NOTHING,
    askHello: (request) => askFor(HELLO_HOST, hello, request),
    askBoards: (request) => askFor(BOARDS_HOST, boards, request),
    close,
  }
}

type Settings = Readonly<Record<string, string>>

async function askFor(host: string, { port }: Program, { headers, ...request }: RawRequest): Promise<Answer> {
  const bytes = bytesOf({ ...request, headers: { host, ...headers } })
  return (await exchange(port, bytes))[0] ?? NOTHING
}

/** The server for JWTs, trusting this issuer. */
export function startTarget(issuer: string, more: Settings = {}): Promise<Program> {
  return Program.start('dist/main.js', TARGET, {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    MCP_RESOURCE: RESOURCE,
    ATTACK_ISSUER: issuer,
    ATTACK_EXCHANGE_SECRET: EXCHANGE_SECRET,
    ...more,
  })
}

/** The server for opaque tokens, asking this issuer about them. */
export function startHello(issuer: HostileIssuer, more: Settings = {}): Promise<Program> {
  return Program.start('dist/main.js', HELLO, {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    MCP_RESOURCE: `https://${HELLO_HOST}/mcp`,
    MCP_AUTH_ISSUER: issuer.issuer,
    MCP_INTROSPECTION_SECRET: issuer.secret,
    ...more,
  })
}

export const BOARDS_HOST = 'boards.example'
export const BOARDS_RESOURCE: string = `https://${BOARDS_HOST}/mcp`

/** The server with a public tool, and with resources that change, trusting this issuer. */
export function startBoards(issuer: string): Promise<Program> {
  return Program.start('dist/main.js', BOARDS, {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    MCP_RESOURCE: BOARDS_RESOURCE,
    ATTACK_ISSUER: issuer,
  })
}
