/** One challenge of a `WWW-Authenticate` header (RFC 9110 section 11.6.1). */
export interface Challenge {
  readonly scheme: string
  readonly parameters: readonly { readonly name: string; readonly value: string }[]
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const parameter = new RegExp(`^(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))\\s*(?:,\\s*|$)`)
const scheme = new RegExp(`^(${TOKEN})(?:\\s+|\\s*,\\s*|$)`)

/** The challenges of a header, in their order; what cannot be read ends the list. */
export function parseChallenges(header: string | null | undefined): readonly Challenge[] {
  const challenges: Challenge[] = []
  let rest = (header ?? '').trim()
  while (rest !== '') {
    const [start, name] = scheme.exec(rest) ?? []
    if (start === undefined || name === undefined) break
    rest = rest.slice(start.length)
    const parameters: { name: string; value: string }[] = []
    for (let found = parameter.exec(rest); found !== null; found = parameter.exec(rest)) {
      const [text, key = '', quoted, plain] = found
      parameters.push({ name: key.toLowerCase(), value: quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '' })
      rest = rest.slice(text.length)
    }
    challenges.push({ scheme: name, parameters })
  }
  return challenges
}

/** The value of one parameter of the `Bearer` challenge. */
export function bearerParameter(challenges: readonly Challenge[], name: string): string | undefined {
  const bearer = challenges.find(({ scheme: of }) => of.toLowerCase() === 'bearer')
  return bearer?.parameters.find((entry) => entry.name === name)?.value
}
