/** What is wrong with a secret that is shown to an issuer, or with the name of whose it is, or nothing. The message never quotes it. */
export function checkSecret(shown: string): string | undefined {
  if (shown !== shown.trim()) return 'It starts or ends with a space or a line end, which is rarely meant.'
  return hasControl(shown) ? 'It contains a line end or another control character.' : undefined
}

/** What is wrong with an API key, which travels in a header as it is (RFC 6750 section 2.1). */
export function checkApiKey(key: string): string | undefined {
  return /^[A-Za-z0-9._~+/-]+=*$/.test(key) ? undefined : 'It may contain letters, digits and - . _ ~ + / only.'
}

function hasControl(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f')
}
