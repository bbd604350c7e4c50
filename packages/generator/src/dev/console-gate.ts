import type { IncomingMessage } from 'node:http'

/** The console is at the root and below `/console/`; everything else is the server's. */
export function isForConsole({ method, url = '' }: IncomingMessage): boolean {
  const [path = ''] = url.split(/[?#]/, 1)
  return path.startsWith('/console/') || (path === '/' && (method === 'GET' || method === 'HEAD'))
}

export interface ConsoleRefusal {
  readonly status: 403 | 421
  readonly text: string
}

/**
 * Why a request to the console is refused; null if it is not. The console logs
 * in and calls tools for whoever opens it: a page of another origin must not, and
 * neither one that has its own name resolve to this machine (DNS rebinding).
 */
export function consoleRefusal({ rawHeaders, headers, socket }: IncomingMessage): ConsoleRefusal | null {
  const hosts = rawHeaders.filter((_text, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host')
  const own = ['localhost', '127.0.0.1', '[::1]'].map((name) => new URL(`http://${name}:${socket.localPort}`))
  if (hosts.length !== 1 || !own.some(({ host }) => host === hosts[0])) {
    return { status: 421, text: `The console is at ${own[0]?.href} and has no other name.\n` }
  }
  const { origin } = headers
  if (origin === undefined || own.some((url) => url.origin === origin)) return null
  return { status: 403, text: 'The console answers its own pages only.\n' }
}
