import { ProtocolErrorCode, type ReadResourceResult, ResourceNotFoundError } from '@modelcontextprotocol/server'
import type { ReadGrant } from '../guard/grants.js'
import type { Exchange } from './exchange.js'
import { refuseToTell } from './exchanged-tokens.js'
import { handlerContext } from './handler-context.js'
import { type Answered, failed } from './handler-failure.js'
import { isAuthorized } from './is-authorized.js'
import { markResourceNotFound } from './older-revisions.js'
import { parseVariables } from './parse-variables.js'
import { shapeContents } from './shape-contents.js'

/**
 * Reads a resource. It takes a grant: without one nothing here can run. A URI
 * whose variables do not fit, and one that the handler knows nothing of, get the
 * answer of a URI that does not exist.
 */
export async function readResource(
  { grant, variables }: ReadGrant,
  uri: string,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<Answered<ReadResourceResult>> {
  const { item } = grant
  try {
    const parsed = await parseVariables(grant, variables)
    if (parsed !== undefined && !(await isAuthorized(grant, parsed, exchange, signal))) {
      // Whether there is such a thing for somebody else is not told.
      return { error: notFound(uri, exchange), outcome: 'not-authorized' }
    }
    const returned: unknown =
      parsed === undefined ? undefined : await item.module.read(parsed, handlerContext(grant, exchange, signal))
    if (returned === undefined || returned === null) return { error: notFound(uri, exchange), outcome: 'not-found' }
    const contents = shapeContents(uri, returned, item.description.mimeType)
    refuseToTell(item, contents, exchange)
    return { result: { contents }, outcome: 'answered' }
  } catch (error) {
    const what = 'The resource could not be read.'
    return failed(item, error, exchange, { told: ProtocolErrorCode.InternalError, what })
  }
}

/** The same for what was never there and for what this caller has not, in the words of the caller's revision. */
export function notFound(uri: string, { era }: Pick<Exchange, 'era'>): ResourceNotFoundError {
  const error = new ResourceNotFoundError(uri, 'Resource not found')
  if (era === 'legacy') markResourceNotFound(error)
  return error
}
