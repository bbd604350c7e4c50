import type { Attack } from './attack.js'
import { access, learning } from './groups/access.js'
import { authorization } from './groups/authorization.js'
import { bodies, mirrors } from './groups/bodies.js'
import { credentials } from './groups/credentials.js'
import { exchanges } from './groups/exchanges.js'
import { framing } from './groups/framing.js'
import { inputs, uris } from './groups/inputs.js'
import { issuers } from './groups/issuers.js'
import { opaque } from './groups/opaque.js'
import { places, poisoning, remembered } from './groups/places.js'
import { openings } from './groups/public.js'
import { scopes } from './groups/scopes.js'
import { tokens } from './groups/tokens.js'
import { whence } from './groups/whence.js'

/** Every attack, by what it goes for. */
export const GROUPS: readonly (readonly [string, readonly Attack[]])[] = [
  ['tokens', tokens],
  ['scopes', scopes],
  ['credentials', credentials],
  ['origin, host, forwarded', whence],
  ['bodies', bodies],
  ['headers that repeat the body', mirrors],
  ['framing and smuggling', framing],
  ['paths and methods', places],
  ['sessions', remembered],
  ['metadata', poisoning],
  ['access', access],
  ['what answers tell', learning],
  ['arguments', inputs],
  ['resource addresses', uris],
  ['token exchange', exchanges],
  ['opaque tokens', opaque],
  ['beside a public tool', openings],
  ['authorization server', authorization],
  ['lies of the issuer', issuers],
]
