import type { FastifyServerOptions } from 'fastify'
import { type Addressed, pathForLog } from './path-for-log.js'

/** What a log says of a request: never its headers, nor more of its address than is no secret. */
export function requestSerializer(request: Addressed & { readonly method: string; readonly ip?: string }): {
  method: string
  path: string
  remoteAddress?: string
} {
  const { method, ip } = request
  return { method, path: pathForLog(request), ...(ip === undefined ? {} : { remoteAddress: ip }) }
}

const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'cookie', '"set-cookie"']

const REDACTED = ['headers', 'req.headers', 'res.headers', 'request.headers', 'raw.headers', '*.headers'].flatMap(
  (place) => SECRET_HEADERS.map((name) => (name.startsWith('"') ? `${place}[${name}]` : `${place}.${name}`)),
)

type Logger = Exclude<FastifyServerOptions['logger'], undefined>

/** Somebody's own logger options, with what must not be logged taken out whatever they say. */
export function loggerOptions(wanted: Logger): Logger {
  if (wanted === false) return false
  const own = wanted === true ? {} : wanted
  const redact = Array.isArray(own.redact) ? { paths: own.redact } : own.redact
  return {
    ...own,
    redact: { ...redact, paths: [...(redact?.paths ?? []), ...REDACTED] },
    serializers: { ...own.serializers, req: requestSerializer },
  }
}
