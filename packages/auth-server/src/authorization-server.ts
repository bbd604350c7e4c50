import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { assemble } from './assemble.js'
import { readConfiguration } from './configuration/configuration.js'
import type { AuthorizationServerDefinition } from './definition.js'
import { createPublicFetch } from './provider/public-fetch.js'

export interface AuthorizationServerOptions {
  /** Where settings are read; `process.env` when absent. */
  readonly environment?: NodeJS.ProcessEnv
  /** `memory` keeps nothing and makes new keys each time, for tests; otherwise the environment decides. */
  readonly state?: 'memory'
  /** Fastify's; silent when absent. */
  readonly logger?: FastifyServerOptions['logger']
  /** Development users who can be picked on the login page; any name can be typed besides. */
  readonly users?: readonly string[]
}

/** The users whom the login page offers to somebody who has not logged in before. */
const developmentUsers: readonly string[] = ['ada', 'grace']

/**
 * The embedded authorization server, ready to listen at its issuer. For
 * development only: anybody can log in under any name. Closing it releases the
 * state directory.
 *
 * @throws ConfigurationError with every problem at once: a missing setting, an
 *   issuer that is not on loopback, `NODE_ENV=production`, a state directory in use.
 */
export async function createAuthorizationServer(
  definition: AuthorizationServerDefinition,
  options: AuthorizationServerOptions = {},
): Promise<FastifyInstance> {
  const configuration = readConfiguration(definition, options.environment ?? process.env)
  return await assemble(
    definition,
    options.state === 'memory' ? { ...configuration, state: undefined } : configuration,
    { logger: options.logger, users: options.users ?? developmentUsers },
    createPublicFetch(),
  )
}
