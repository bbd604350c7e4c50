import type { ExpectedItem } from '../expected-access.js'

export type Claims = Readonly<Record<string, unknown>>

/** What a token says of a login that meets what an item asks for; nothing, if it asks for nothing. */
export function goodLogin({ freshLogin, acr }: ExpectedItem): Claims {
  return {
    ...(freshLogin === undefined ? {} : { auth_time: nowSeconds() }),
    ...(acr === undefined ? {} : { acr: acr[0] }),
  }
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}
