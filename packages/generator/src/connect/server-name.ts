const UNSAFE = /[^A-Za-z0-9_-]+/g
/** Clients put it before the names of tools, of which models allow 64 characters. */
const MAX_LENGTH = 32

/** A server's name as every client takes it, and every shell: letters, digits, `-` and `_`. */
export function serverName(name: string): string {
  const safe = name
    .replace(UNSAFE, '-')
    .replace(/^[-_]+/, '')
    .slice(0, MAX_LENGTH)
    .replace(/[-_]+$/, '')
  return safe === '' ? 'server' : safe
}
