/** RFC 6749 section 3.3: printable ASCII without space, `"` and `\`. */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** Whether a text is a scope. So is spelled whatever stands in a quoted list that is separated by spaces. */
export function isScopeToken(text: string): boolean {
  return SCOPE_TOKEN.test(text)
}
