/** A URL without what people overlook when they compare two: a trailing slash, capitals in the host, a default port. */
export function foldedUrl(url: string): string {
  const text = URL.canParse(url) ? new URL(url).href : url
  return text.replace(/\/$/, '')
}
