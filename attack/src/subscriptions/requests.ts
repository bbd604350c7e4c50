import { LEGACY, legacy, modern, type RawRequest } from '../http/request.js'
import { BOARDS_HOST } from '../world/world.js'
import type { Member } from './member.js'

type Params = Readonly<Record<string, unknown>>

/** What a member asks of the boards, in revision 2026-07-28. */
export function modernBy({ token }: Member, method: string, params: Params): RawRequest {
  return onBoards({ ...modern(method, params), token })
}

/** The same in revision 2025-11-25, in a session if there is one. */
export function legacyBy({ token }: Member, method: string, params: Params, session?: string): RawRequest {
  return inSession({ ...legacy(method, params), token }, session)
}

/** The stream of a session (2025-11-25). */
export function streamOf({ token }: Member, session: string): RawRequest {
  return inSession({ method: 'GET', headers: { 'mcp-protocol-version': LEGACY }, token }, session)
}

function inSession({ headers, ...request }: RawRequest, session: string | undefined): RawRequest {
  return onBoards({
    ...request,
    headers: { ...headers, ...(session === undefined ? {} : { 'mcp-session-id': session }) },
  })
}

function onBoards({ headers, ...request }: RawRequest): RawRequest {
  return { ...request, headers: { host: BOARDS_HOST, ...headers } }
}
