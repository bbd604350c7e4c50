import type { FastifyInstance } from 'fastify'
import { ConfigurationError } from '../configuration/configuration-error.js'
import { type Environment, isDevelopment } from '../configuration/environment.js'

const resources: WeakMap<FastifyInstance, string> = new WeakMap()

/** Notes which resource a server is, so that it can listen where that says. */
export function rememberResource(app: FastifyInstance, resource: string): void {
  resources.set(app, resource)
}

export function resourceOf(app: FastifyInstance): string | undefined {
  return resources.get(app)
}

/**
 * Host and port to listen on. In development that is where the resource says,
 * on this machine only; elsewhere something stands in front, and the address
 * there is not the address here: every interface, port 3000. `HOST` and `PORT`
 * say otherwise.
 *
 * @throws {ConfigurationError} when `PORT` is no port
 */
export function whereToListen(app: FastifyInstance, environment: Environment): { host: string; port: number } {
  const resource = resources.get(app)
  const own = resource === undefined || !isDevelopment(environment) ? undefined : new URL(resource)
  return {
    // Both 127.0.0.1 and ::1 under this name: clients try one or the other.
    host: environment.HOST || (own ? 'localhost' : '0.0.0.0'),
    port: environment.PORT ? portFrom(environment.PORT) : own?.port ? Number(own.port) : 3000,
  }
}

/** What is wrong with `PORT`, or nothing. */
export function portProblem({ PORT: text }: Environment): string | undefined {
  if (!text || (/^\d{1,5}$/.test(text) && Number(text) <= 65_535)) return undefined
  return `PORT: ${JSON.stringify(text)} is not a port.\nIt is a number from 0 to 65535.\nExample: PORT=3000`
}

function portFrom(text: string): number {
  const problem = portProblem({ PORT: text })
  if (problem !== undefined) throw new ConfigurationError([problem])
  return Number(text)
}
