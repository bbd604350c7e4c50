const PLAIN = /^[A-Za-z0-9_/:.@%+=,~-]+$/

/** A word of a command line, in quotes if a shell could read more than text in it. */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** JSON as a word that sh, PowerShell 7 and cmd read alike, as long as it holds nothing that they would expand. */
export function shellJson(value: object): string {
  const text = JSON.stringify(value)
  return /[$`!%^]/.test(text) ? shellWord(text) : JSON.stringify(text)
}
