import { ToolError } from '@mcp-secure/spec'

// What a model is told is written here, whole: nothing that the API says is passed on. Its messages are for
// whoever runs this server, and may hold what is none of a client's business.

/** What came back from the API, whatever it means. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export function tooSlow(cause: unknown): ToolError {
  return new ToolError('The library did not answer in time. Try again later.', { cause })
}

export function noAnswer(cause: unknown): ToolError {
  return new ToolError('The library cannot be reached at the moment. Try again later.', { cause })
}

/** What an answer without success means for who called the tool. */
export function failureOf({ status, headers }: Answer): Error {
  const cause = new Error(`the API answered ${status}`)
  if (status === 404) return new ToolError('The library has nothing like that.', { cause })
  if (status === 429) return new ToolError(`The library has too much to do. Try again ${when(headers)}.`, { cause })
  if (status >= 500) return new ToolError('The library has a fault at the moment. Try again later.', { cause })
  if (status === 401 || status === 403) {
    return new ToolError(
      'The library does not let this server in. Trying again does not help: tell whoever runs this server.',
      { cause },
    )
  }
  // Anything else is a mistake of this server, and nothing that a model could do better.
  return cause
}

function when(headers: Headers): string {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isInteger(seconds) && seconds > 0 && seconds <= 3_600 ? `in ${seconds} seconds` : 'later'
}
