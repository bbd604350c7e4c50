/** RFC 6749, section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ), which is what a list with spaces can hold. */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/

export function isScopeToken(text: string): boolean {
  return SCOPE_TOKEN.test(text)
}
