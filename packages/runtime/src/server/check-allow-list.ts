import { ConfigurationError } from '../configuration/configuration-error.js'
import { hostName } from '../guard/check-host.js'

interface Kind {
  readonly isOne: (entry: string) => boolean
  readonly example: string
}

const KINDS: Readonly<Record<'allowedHosts' | 'allowedOrigins', Kind>> = {
  allowedHosts: { isOne: (entry) => hostName(entry) !== undefined, example: 'notes.internal' },
  allowedOrigins: { isOne: isWebOrigin, example: 'https://app.example.com' },
}

/** An allow list names each entry: a wildcard would switch the check off, and what cannot be read would match nothing. */
export function checkAllowList(
  name: 'allowedHosts' | 'allowedOrigins',
  list: readonly string[] = [],
): readonly string[] {
  const { isOne, example } = KINDS[name]
  const wrong = list.filter((entry) => !isOne(entry))
  if (wrong.length === 0) return list
  throw new ConfigurationError(
    wrong.map((entry) => `${name}: ${JSON.stringify(entry)} cannot be used.\nName each one, such as ${example}.`),
  )
}

const WEB_ORIGIN = /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?$/

/** As browsers spell it, because it is compared byte for byte (RFC 6454 section 6.2). */
function isWebOrigin(entry: string): boolean {
  return WEB_ORIGIN.test(entry) && URL.canParse(entry) && new URL(entry).origin === entry
}
