/** MCP 2026-07-28, Value Encoding: what a header cannot hold travels as Base64 of its UTF-8. */
export function headerValue(value: string): string {
  if (/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !/^=\?base64\?.*\?=$/.test(value)) return value
  const bytes = new TextEncoder().encode(value)
  return `=?base64?${btoa(String.fromCharCode(...bytes))}?=`
}
