import type { Sent } from './states.js'

/** Every value of a header, in order. Of some headers Node keeps the first and drops the others: only the raw ones tell. */
export function headerValues({ rawHeaders }: Sent, name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
}
