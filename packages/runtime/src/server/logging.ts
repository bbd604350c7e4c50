import type { FastifyServerOptions } from 'fastify'

/** What a log says of a request: the query string may hold a secret that somebody put there by mistake. */
export function requestSerializer(request: { readonly method: string; readonly url: string; readonly ip?: string }): {
  method: string
  path: string
  remoteAddress?: string
} {
  const { method, url, ip } = request
  return { method, path: withoutQuery(url), ...(ip === undefined ? {} : { remoteAddress: ip }) }
}

/** The path alone: neither the query, nor the user and host of a target in absolute form, who may be a token. */
export function withoutQuery(url: string): string {
  return url.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/, '').split(/[?#;]/, 1)[0] ?? ''
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
