/** What a good answer holds, in the parts that are shown. */
export type Result =
  | { readonly kind: 'error'; readonly code: number | undefined; readonly message: string }
  | {
      readonly kind: 'result'
      /** A tool that says that it failed. */
      readonly isError: boolean
      readonly structured: unknown
      readonly texts: readonly string[]
      readonly value: unknown
    }

/** The result among the messages of an answer: the last one that is a response. */
export function resultOf(messages: readonly unknown[]): Result | undefined {
  const response = messages.filter(isRecord).findLast((message) => 'result' in message || 'error' in message)
  if (!response) return undefined
  if (isRecord(response.error)) {
    const { code, message } = response.error
    return { kind: 'error', code: typeof code === 'number' ? code : undefined, message: String(message ?? '') }
  }
  const result = response.result
  if (!isRecord(result)) return undefined
  const { content, contents, structuredContent, isError } = result
  const parts = [content, contents].flat().filter(isRecord)
  return {
    kind: 'result',
    isError: isError === true,
    structured: structuredContent,
    texts: parts.flatMap(({ text }) => (typeof text === 'string' ? [text] : [])),
    value: result,
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
