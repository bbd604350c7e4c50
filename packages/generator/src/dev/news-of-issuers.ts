import type { Tell } from './dev-event.js'

/** What the self-test of the runtime writes about one issuer. */
const ABOUT_ISSUER = /^issuer (\S+?):? /

/**
 * Every server tries its issuers out when it starts, and with each save another
 * one starts: that an issuer is as good as before is no news.
 */
export function newsOfIssuers(tell: Tell): Tell {
  const known = new Map<string, string>()
  return (event) => {
    const [, issuer] = (event.event === 'log' && ABOUT_ISSUER.exec(event.message)) || []
    if (event.event !== 'log' || issuer === undefined) return tell(event)
    const isNews = event.level !== 'info' || known.get(issuer) !== event.message
    known.set(issuer, event.message)
    if (isNews) tell(event)
  }
}
