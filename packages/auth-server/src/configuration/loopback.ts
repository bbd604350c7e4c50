const names: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether a host name, as `URL.hostname` gives it, is this computer. RFC 8252 section 7.3. */
export function isLoopback(hostname: string): boolean {
  return names.has(hostname)
}
