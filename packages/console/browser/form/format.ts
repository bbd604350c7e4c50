/** Looser than the server's parsers: what does not match is certainly wrong. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}/,
  email: /^[^\s@]+@[^\s@]+$/,
  ipv4: /^\d{1,3}(?:\.\d{1,3}){3}$/,
  time: /^\d{2}:\d{2}/,
  uri: /^[a-z][a-z0-9+.-]*:/i,
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
}

/** Whether a text may be of a format: clients are told formats without a pattern. One that is not known here passes. */
export function mayBe(format: string, value: string): boolean {
  const shape = Object.hasOwn(SHAPES, format) ? SHAPES[format] : undefined
  return shape === undefined || shape.test(value)
}
