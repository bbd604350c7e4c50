/** A comment of one line. Nothing in it can end the line. */
export function comment(text: string): string {
  return `// ${text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim()}`
}
