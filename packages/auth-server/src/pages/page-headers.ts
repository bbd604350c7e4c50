import { redirectKind } from '../provider/redirect-uri.js'
import { styleSource } from './style.js'

/** The address that a form's answer may be sent on to; absent on pages without a form. */
export interface PageForms {
  readonly redirectUri: string | undefined
}

/** Headers of every page: it loads nothing, runs nothing, is framed nowhere and kept by nobody. */
export function pageHeaders(forms?: PageForms): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      `style-src ${styleSource}`,
      `form-action ${forms ? formTargets(forms.redirectUri) : "'none'"}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    // On a form page "no-referrer" would make browsers post with `Origin: null`, and the check of the origin could
    // not tell our own page from a foreign one. "same-origin" keeps addresses from everybody else just as well.
    'referrer-policy': forms ? 'same-origin' : 'no-referrer',
  }
}

/**
 * Chromium applies `form-action` to every redirect that follows the post, so
 * besides ourselves it must allow the client's redirect URI, or the browser
 * stays on the consent page without a word. Clients send the browser on from
 * there, to their vendor's page for example, hence `https:`. A source cannot
 * hold an IPv6 address, so for [::1] its scheme stands. What remains forbidden
 * is a form that an injection would post to some other http address; with
 * everything escaped and no script allowed this is the third wall, not the first.
 */
function formTargets(redirectUri: string | undefined): string {
  const kind = redirectUri === undefined ? undefined : redirectKind(redirectUri)
  if (redirectUri === undefined || kind === undefined) return "'self'"
  const { protocol, host } = new URL(redirectUri)
  if (kind === 'private-scheme') return `'self' https: ${protocol}`
  if (kind === 'hosted') return "'self' https:"
  return `'self' https: ${host.startsWith('[') ? protocol : `${protocol}//${host}`}`
}
