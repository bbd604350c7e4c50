import type { EnvSetting } from '../definition.js'
import { trustProxyProblem } from '../server/check-trust-proxy.js'
import { type Environment, isDevelopment } from './environment.js'
import { givenSecret } from './resolve-setting.js'

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
  /** What all processes of this server derive the key of questions from that are open. */
  readonly stateSecret: string | undefined
}

/** A secret, and the variable that it came by. */
interface Given {
  readonly value: string
  readonly by: string
}

const SHORTEST_TOKEN = 16
const SHORTEST_STATE_SECRET = 32

/** Reads what surrounds the server, and says what is wrong with it. */
export function readOperations(environment: Environment, problems: Set<string>): Operations {
  const proxy = trustProxyProblem(environment)
  if (proxy !== undefined) problems.add(proxy)
  if (believesAnyCertificate(environment)) problems.add(ANY_CERTIFICATE)
  return {
    redis: readRedis(environment, problems),
    metrics: readMetrics(environment, problems),
    stateSecret: readStateSecret(environment, problems),
  }
}

/** Node's own switch, which no code sees: with it whoever is on the way to an issuer could say that a token is good. */
function believesAnyCertificate(environment: Environment): boolean {
  // What Node looks at is its own environment, whatever a server was given as its.
  const isSet = [environment, process.env].some((variables) => variables.NODE_TLS_REJECT_UNAUTHORIZED === '0')
  return isSet && !isDevelopment(environment)
}

const ANY_CERTIFICATE =
  'NODE_TLS_REJECT_UNAUTHORIZED is 0.\n' +
  'With it Node believes any certificate: anybody on the way to the authorization server could say which tokens are good.\n' +
  'Remove it. For an authority of your own: NODE_EXTRA_CA_CERTS=<the file with its certificate>'

function readSecret(
  setting: EnvSetting,
  meaning: string,
  environment: Environment,
  problems: Set<string>,
): Given | undefined {
  const given = givenSecret(setting, meaning, environment)
  if (given === undefined) return undefined
  if ('value' in given) return { value: given.value, by: given.by ?? setting.env }
  problems.add(given.problem)
  return undefined
}

function readRedis(environment: Environment, problems: Set<string>): string | undefined {
  const meaning =
    'The state that the processes of this server share: limits, and what they learn of tokens and changes.'
  const given = readSecret({ env: 'REDIS_URL' }, meaning, environment, problems)
  if (given === undefined) return undefined
  const { protocol, hostname } = URL.canParse(given.value) ? new URL(given.value) : { protocol: '', hostname: '' }
  if ((protocol === 'redis:' || protocol === 'rediss:') && hostname !== '') return given.value
  // It may hold a password, so it is not repeated.
  problems.add(
    `${given.by} is not the address of a Redis server.\n${meaning}\nExample: REDIS_URL=rediss://:<password>@redis.internal:6379/0, or REDIS_URL_FILE=<a file that holds it>`,
  )
  return undefined
}

function readMetrics(environment: Environment, problems: Set<string>): MetricsSettings | undefined {
  const port = environment.METRICS_PORT ?? ''
  const host = environment.METRICS_HOST ?? ''
  const token = readMetricsToken(environment, problems)
  if (port === '' && token === undefined) return undefined
  if (port !== '' && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    problems.add(`METRICS_PORT: ${JSON.stringify(port)} is not a port.\nIt is a number from 0 to 65535.`)
  }
  return { host: host === '' ? '127.0.0.1' : host, port: port === '' ? undefined : Number(port), token }
}

function readMetricsToken(environment: Environment, problems: Set<string>): string | undefined {
  const meaning = 'Whoever reads the metrics sends it as Authorization: Bearer.'
  const given = readSecret({ env: 'METRICS_TOKEN' }, meaning, environment, problems)
  if (given === undefined) return undefined
  if (given.value.length >= SHORTEST_TOKEN && /^[A-Za-z0-9._~+/=-]+$/.test(given.value)) return given.value
  problems.add(
    `${given.by} is shorter than ${SHORTEST_TOKEN} characters, or has some that no header may have.\n${meaning}\nExample: METRICS_TOKEN=<what openssl rand -hex 32 prints>, or METRICS_TOKEN_FILE=<a file that holds it>`,
  )
  return undefined
}

/** What everything that is sealed is sealed by, on every machine. */
export function readStateSecret(environment: Environment, problems: Set<string>): string | undefined {
  const meaning =
    'It seals what clients keep while they are asked something, and what processes share in a Redis. Set it to the same value on every machine.'
  const given = readSecret({ env: 'MCP_STATE_SECRET' }, meaning, environment, problems)
  const value = given?.value.trim()
  if (value === undefined || value.length >= SHORTEST_STATE_SECRET) return value
  problems.add(`${given?.by} is too short: it has fewer than ${SHORTEST_STATE_SECRET} characters.\n${meaning}`)
  return undefined
}
