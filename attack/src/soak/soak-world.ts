import { startRedis, type TemporaryRedis } from '@mcp-secure/testing'
import { HostileIssuer } from '../world/hostile-issuer.js'
import type { Program } from '../world/program.js'
import { startHello, startTarget } from '../world/world.js'

/** What is soaked: one server for JWTs, and one for opaque tokens as two processes, which share what they learn in a Redis. */
export interface SoakWorld {
  readonly servers: Readonly<Record<'target' | 'hello', readonly Program[]>>
  readonly issuer: HostileIssuer
  /** Nothing where none is installed: then the processes share nothing. */
  readonly redis: TemporaryRedis | undefined
  close(): Promise<void>
}

export async function createSoakWorld(): Promise<SoakWorld> {
  const [issuer, redis] = await Promise.all([HostileIssuer.start(), startRedis()])
  const sharing: Readonly<Record<string, string>> =
    redis === undefined ? {} : { REDIS_URL: redis.url, MCP_STATE_SECRET: issuer.secret }
  const started = await Promise.allSettled([
    startTarget(issuer.issuer, sharing),
    startHello(issuer, sharing),
    startHello(issuer, sharing),
  ])
  const programs = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const close = async (): Promise<void> => {
    await Promise.all([...programs.map((program) => program.stop()), issuer.stop(), redis?.stop()])
  }
  const [target, ...hello] = programs
  const failed = started.find((one) => one.status === 'rejected')
  if (target === undefined || failed !== undefined) {
    await close()
    throw failed?.reason ?? new Error('a server did not start')
  }
  return { servers: { target: [target], hello }, issuer, redis, close }
}
