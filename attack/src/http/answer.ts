/** One HTTP answer, as it came. A status of 0: the connection ended without one. */
export interface Answer {
  readonly status: number
  /** Name, in lower case, and value, in order. */
  readonly headers: readonly (readonly [string, string])[]
  readonly text: string
}

export const NOTHING: Answer = { status: 0, headers: [], text: '' }

/** Every value of a header, in order. */
export function valuesOf({ headers }: Answer, name: string): readonly string[] {
  return headers.filter(([other]) => other === name).map(([, value]) => value)
}

/** The JSON in an answer: its body, or the only event of its stream. */
export function jsonOf(answer: Answer): unknown {
  const [type = ''] = valuesOf(answer, 'content-type')
  const text = type.startsWith('text/event-stream') ? (/^data: (.+)$/m.exec(answer.text)?.[1] ?? '') : answer.text
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The answers in what a connection sent, one after the other. */
export function readAnswers(bytes: Buffer): readonly Answer[] {
  const answers: Answer[] = []
  let rest = bytes
  while (rest.length > 0) {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) break
    const [first = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n')
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0)
    const headers = lines.map(readHeader)
    const { body, used } = readBody(rest.subarray(end + 4), status, new Map(headers))
    if (status !== 100) answers.push({ status, headers, text: body.toString('utf8') })
    rest = rest.subarray(end + 4 + used)
  }
  return answers
}

function readHeader(line: string): readonly [string, string] {
  const at = line.indexOf(':')
  return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
}

interface Body {
  readonly body: Buffer
  readonly used: number
}

function readBody(rest: Buffer, status: number, headers: ReadonlyMap<string, string>): Body {
  if (status === 100 || status === 204 || status === 304) return { body: Buffer.alloc(0), used: 0 }
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(rest)
  const length = Number(headers.get('content-length') ?? rest.length)
  const body = rest.subarray(0, length)
  return { body, used: body.length }
}

function readChunks(rest: Buffer): Body {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const end = rest.indexOf('\r\n', at)
    const size = end < 0 ? 0 : Number.parseInt(rest.subarray(at, end).toString('latin1'), 16)
    if (!(size > 0))
      return { body: Buffer.concat(chunks), used: Math.min(rest.length, end < 0 ? rest.length : end + 4) }
    chunks.push(rest.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
}
