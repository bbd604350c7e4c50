import { trustProxyProblem } from '../server/check-trust-proxy.js'
import type { Environment } from './environment.js'

/** Where metrics are read, and by whom. */
export interface MetricsSettings {
  readonly host: string
  /** A port of their own. */
  readonly port: number | undefined
  /** What whoever reads them must show; on the port of the server nothing is read without. */
  readonly token: string | undefined
}

/** What surrounds the server where it runs. All of it is optional. */
export interface Operations {
  /** A Redis that all processes of this server share. */
  readonly redis: string | undefined
  readonly metrics: MetricsSettings | undefined
}

const SHORTEST_TOKEN = 16

/** Reads what surrounds the server, and says what is wrong with it. */
export function readOperations(environment: Environment, problems: Set<string>): Operations {
  const proxy = trustProxyProblem(environment)
  if (proxy !== undefined) problems.add(proxy)
  return { redis: readRedis(environment, problems), metrics: readMetrics(environment, problems) }
}

function readRedis(environment: Environment, problems: Set<string>): string | undefined {
  const url = environment.REDIS_URL ?? ''
  if (url.trim() === '') return undefined
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' }
  if ((protocol === 'redis:' || protocol === 'rediss:') && hostname !== '') return url
  // It may hold a password, so it is not repeated.
  problems.add(
    'REDIS_URL is not the address of a Redis server.\nThe state that the processes of this server share: rate limits.\nExample: REDIS_URL=rediss://:<password>@redis.internal:6379/0',
  )
  return undefined
}

function readMetrics(environment: Environment, problems: Set<string>): MetricsSettings | undefined {
  const port = environment.METRICS_PORT ?? ''
  const token = environment.METRICS_TOKEN ?? ''
  const host = environment.METRICS_HOST ?? ''
  if (port === '' && token === '') return undefined
  if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    problems.add(`METRICS_PORT: ${JSON.stringify(port)} is not a port.\nIt is a number from 0 to 65535.`)
  }
  if (token !== '' && (token.length < SHORTEST_TOKEN || !/^[A-Za-z0-9._~+/=-]+$/.test(token))) {
    problems.add(
      `METRICS_TOKEN is shorter than ${SHORTEST_TOKEN} characters, or has some that no header may have.\nWhoever reads the metrics sends it as Authorization: Bearer.\nExample: METRICS_TOKEN=<what openssl rand -hex 32 prints>`,
    )
  }
  return {
    host: host === '' ? '127.0.0.1' : host,
    port: port === '' ? undefined : Number(port),
    token: token === '' ? undefined : token,
  }
}
