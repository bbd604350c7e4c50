import { resolve } from 'node:path'
import type { AuthorizationServerDefinition, EnvSetting, Setting } from '../definition.js'
import { checkDevelopment } from './check-development.js'
import { checkIssuer } from './check-issuer.js'
import { checkResource } from './check-resource.js'
import { ConfigurationError } from './configuration-error.js'
import { resolveSetting } from './resolve-setting.js'

/** Where a server keeps what must survive a restart. */
export interface StateLocation {
  /** Absolute path of the directory for keys, and for the database unless `databaseUrl` is set. */
  readonly directory: string
  /** A PostgreSQL connection string. */
  readonly databaseUrl?: string
}

/** Everything that was decided before the server is put together. */
export interface Configuration {
  readonly issuer: string
  readonly resource: string
  /** `undefined`: nothing is written down, and everything is forgotten at the end. For tests. */
  readonly state: StateLocation | undefined
  /** Where the resource server finds its secret, when no variable gives it. */
  readonly introspectionSecretFile: string
  readonly introspectionSecret: string | undefined
  readonly introspectionClientId: string
}

/** What the environment says, with the development defaults of the definition. */
export function readConfiguration(
  definition: AuthorizationServerDefinition,
  environment: NodeJS.ProcessEnv,
): Configuration {
  const problems: string[] = []
  const unsuitable = checkDevelopment(environment)
  if (unsuitable) throw new ConfigurationError([unsuitable])
  const read = (setting: Setting, meaning: string, check: (value: string) => string | undefined): string => {
    const resolved = resolveSetting(setting, meaning, environment)
    const problem = 'problem' in resolved ? resolved.problem : check(resolved.value)
    if (problem) problems.push(problem)
    return 'value' in resolved ? resolved.value : ''
  }
  const issuer = read(
    definition.issuers[0]?.issuer ?? { env: 'MCP_AUTH_ISSUER', development: 'http://localhost:4000' },
    'It is the address of this authorization server.\nExample: MCP_AUTH_ISSUER=http://localhost:4000',
    checkIssuer,
  )
  const resource = read(
    definition.resource,
    'It is the address of the MCP endpoint as clients type it.\nExample: MCP_RESOURCE=http://localhost:3000/mcp',
    checkResource,
  )
  if (problems.length > 0) throw new ConfigurationError(problems)
  const databaseUrl = environment.MCP_AUTH_DATABASE_URL
  const client = introspectionClient(definition)
  return {
    issuer,
    resource,
    state: {
      directory: resolve(environment.MCP_AUTH_STATE || '.mcp-secure/auth-server'),
      ...(databaseUrl && { databaseUrl }),
    },
    introspectionClientId: idOf(client.clientId, environment),
    introspectionSecret: environment[client.clientSecret.env]?.trim() || undefined,
    introspectionSecretFile: resolve(client.clientSecret.developmentFile ?? '.mcp-secure/introspection-secret'),
  }
}

/** How the resource server presents itself when it asks about a token (RFC 7662 section 2.1). */
function introspectionClient(definition: AuthorizationServerDefinition): {
  readonly clientId: Setting
  readonly clientSecret: EnvSetting
} {
  return (
    definition.issuers[0]?.tokens?.introspection ?? {
      clientId: 'mcp-resource-server',
      clientSecret: { env: 'MCP_INTROSPECTION_SECRET', developmentFile: '.mcp-secure/introspection-secret' },
    }
  )
}

function idOf(setting: Setting, environment: NodeJS.ProcessEnv): string {
  const resolved = resolveSetting(setting, 'It names the resource server.', environment)
  if ('problem' in resolved) throw new ConfigurationError([resolved.problem])
  return resolved.value
}
