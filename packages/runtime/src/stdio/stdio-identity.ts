import type { Rules } from '../configuration/configuration.js'
import { deepFreeze } from '../configuration/deep-freeze.js'
import type { Environment } from '../configuration/environment.js'
import type { ItemKind } from '../mcp/catalogue.js'
import { type Identity, isName, withImplied } from '../token/identity.js'

/** What a handler sees as issuer and client of a caller that no token speaks for. */
const STDIO = 'stdio'

const SUBJECT = 'MCP_STDIO_SUBJECT'
const SCOPES = 'MCP_STDIO_SCOPES'

/**
 * In whose name a process serves its client. There is no OAuth on stdio (MCP, authorization): whoever starts the
 * process says it in the environment, and how much the client may do. Nothing is allowed that is not said: without
 * scopes only what needs none, without a subject only what is public. What is wrong with it is added to `problems`.
 */
export function stdioIdentity(
  { scopes }: Rules,
  publicKinds: ReadonlySet<ItemKind>,
  { environment, problems }: { readonly environment: Environment; readonly problems: Set<string> },
): Identity | undefined {
  const { MCP_STDIO_SUBJECT, MCP_STDIO_SCOPES } = environment
  const subject = MCP_STDIO_SUBJECT?.trim() ?? ''
  const named = (MCP_STDIO_SCOPES ?? '').split(/\s+/).filter((scope) => scope !== '')
  const unknown = named.filter((scope) => !scopes.has(scope))
  const found = [
    ...(isName(subject) || subject === '' ? [] : [`${SUBJECT} is longer than 2048 characters.`]),
    ...(unknown.length === 0 ? [] : [unknownScopes(unknown, [...scopes.keys()])]),
    ...(subject === '' && named.length > 0 ? [withoutSubject(`${SCOPES} allows something, and to nobody.`)] : []),
    ...(subject === '' && named.length === 0 && publicKinds.size === 0
      ? [withoutSubject('Nothing of this server is public, and nobody is named to whom it is open.')]
      : []),
  ]
  for (const problem of found) problems.add(problem)
  if (subject === '' || found.length > 0) return undefined
  const granted = [...scopes.keys()].filter((scope) => named.includes(scope))
  return deepFreeze({
    subject,
    clientId: STDIO,
    issuer: STDIO,
    granted,
    effective: withImplied(granted, scopes),
    // No auth_time and no acr: nobody logged in.
    claims: { iss: STDIO, sub: subject, client_id: STDIO },
  })
}

function unknownScopes(unknown: readonly string[], known: readonly string[]): string {
  const names = unknown.map((scope) => JSON.stringify(scope)).join(', ')
  return (
    `${SCOPES}: this server has no scope ${names}.\n` +
    'What the client may do, separated by spaces.\n' +
    (known.length === 0 ? 'This server has no scopes.' : `There are: ${known.join(' ')}`)
  )
}

function withoutSubject(what: string): string {
  return `${SUBJECT} is not set. ${what}\nThe name of the user in whose name the client acts.\nExample: ${SUBJECT}=ada`
}
