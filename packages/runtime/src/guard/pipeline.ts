import { checkHeaderCount } from './check-header-count.js'
import { checkHeaderNames } from './check-header-names.js'
import { checkHost } from './check-host.js'
import { checkHttpMethod } from './check-http-method.js'
import { checkOffered } from './check-offered.js'
import { checkOrigin } from './check-origin.js'
import { checkSession, checkSessionOfStream } from './check-session.js'
import { decideAccess } from './decide-access.js'
import { findWhatIsAsked } from './find-what-is-asked.js'
import type { Deciding, Guard } from './guard.js'
import { countingRefusals, limitAddress } from './limit-address.js'
import { limitCaller } from './limit-caller.js'
import { limitMessages } from './limit-messages.js'
import { limitTools } from './limit-tools.js'
import { matchArgumentHeaders } from './match-argument-headers.js'
import { parseBody } from './parse-body.js'
import { Pipeline } from './pipe.js'
import { readBearerToken } from './read-bearer-token.js'
import type { Arrival, Decided, Identified, InSession, Understood } from './states.js'
import { verifyToken } from './verify-token.js'

/**
 * The guard. Every request to the MCP endpoint, of every HTTP method and for
 * every MCP method, goes through these rows in this order; the first that
 * refuses ends it. There is no other way to a handler: calling one takes a
 * `Grant`, and only `decide access` makes one.
 *
 *  after these    input is validated, the rule about the
 *                 object asked and the tool called         mcp/call-tool.ts
 *  whatever came  one audit record is written               guard/audit.ts
 */
export const fromWhere: Pipeline<Arrival, Arrival, Guard> = Pipeline.of<Arrival, Guard>()
  // rule                                               refuses with
  .row('header count', checkHeaderCount) //             431
  .row('header names', checkHeaderNames) //             400
  .row('host', checkHost) //                            400, 421
  .row('origin', checkOrigin) //                        403

/** Before a byte of the body is read. */
export const fromWhom: Pipeline<Arrival, Identified, Guard> = fromWhere
  .row('address limit', limitAddress) //                429
  .row('read bearer token', countingRefusals(readBearerToken)) // 401
  .row('verify token', countingRefusals(verifyToken)) // 401, or 503 when its issuer cannot be asked

/** Of whom that is known, still before a byte of the body is read. What is refused from here on is refused to somebody. */
export const howOften: Pipeline<Identified, Identified, Guard> = Pipeline.of<Identified, Guard>().row(
  'caller limit',
  limitCaller,
) //              429

/** With the body. */
export const forWhat: Pipeline<Identified, Decided, Guard> = Pipeline.of<Identified, Guard>()
  .row('HTTP method', checkHttpMethod) //               405
  .row('parse', parseBody) //                           400, 408, 413, 415
  .row('find what is asked', findWhatIsAsked) //        400
  .row('message limit', limitMessages) //               429
  .row('decide access', decideAccess) //                401, 403 with one complete challenge
  .row('offered method', checkOffered) //               404
  .row('argument headers', matchArgumentHeaders) //     400
  .row('session', checkSession) //                      404
  .row('tool limit', limitTools) //                     429

/** A message that came without HTTP, from the one client of the process: who that is, is known since the start. */
export const forMessage: Pipeline<Understood, Decided, Deciding> = Pipeline.of<Understood, Deciding>()
  .row('caller limit', limitCaller)
  .row('decide access', decideAccess)
  .row('offered method', checkOffered)
  .row('tool limit', limitTools)

/** Without a body: GET and DELETE, where there are sessions. Address and caller were limited before. */
export const forStream: Pipeline<Identified, InSession, Guard> = Pipeline.of<Identified, Guard>().row(
  'session',
  checkSessionOfStream,
) //              400, 401, 404
