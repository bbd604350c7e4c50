import { createHash } from 'node:crypto'
import { importMap } from '../assets.js'

/** The one inline script: the import map, exactly these bytes. */
const importMapSource = `'sha256-${createHash('sha256').update(importMap).digest('base64')}'`

/**
 * Headers of a page: it runs what this server sends and nothing else, talks to
 * this origin and to `issuer`, and is framed by nobody.
 */
export function pageHeaders(issuer: string | undefined): Readonly<Record<string, string>> {
  const connect = issuer !== undefined && URL.canParse(issuer) ? `'self' ${new URL(issuer).origin}` : "'self'"
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'self' ${importMapSource}`,
      "style-src 'self'",
      "img-src 'self'",
      `connect-src ${connect}`,
      "form-action 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
    ].join('; '),
    'x-frame-options': 'DENY',
    // The login window comes back to this origin and needs no hold on this page.
    'cross-origin-opener-policy': 'same-origin-allow-popups',
  }
}

/** Headers of every answer. */
export const everyAnswer: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  // A restarted console may be another version; over loopback nothing is won by keeping files.
  'cache-control': 'no-store',
}
