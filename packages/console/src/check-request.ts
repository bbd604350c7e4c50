import type { IncomingHttpHeaders } from 'node:http'

const names: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Why a request gets no answer, or nothing. A page whose own name resolves to
 * this computer sends that name (DNS rebinding), and a page of another site or
 * port says so; who may pass in front of that checks the port too.
 */
export function refusalOf(headers: IncomingHttpHeaders): string | undefined {
  const { host, origin } = headers
  if (!isLoopbackHost(host)) {
    return `The console answers to localhost, 127.0.0.1 and [::1] only, and this request was for "${(host ?? '').slice(0, 200)}".`
  }
  const foreign = origin !== undefined ? origin !== `http://${host}` : asksFromElsewhere(headers)
  return foreign ? 'The console answers to its own page only.' : undefined
}

/** A person may come from anywhere, from the login page for one; what another page loads or asks for is refused. */
function asksFromElsewhere({ 'sec-fetch-site': site, 'sec-fetch-mode': mode }: IncomingHttpHeaders): boolean {
  return (site === 'cross-site' || site === 'same-site') && mode !== 'navigate'
}

function isLoopbackHost(host: string | undefined): boolean {
  const name = /^([a-z0-9.]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i.exec(host ?? '')?.[1]
  return name !== undefined && names.has(name.toLowerCase())
}
