import { type InputRequest, inputRequired } from '@modelcontextprotocol/server'
import { contentBlock } from '../content-block.js'
import { isRecord } from '../is-record.js'
import { refuseSecretFields } from './secret-fields.js'

type Values = Readonly<Record<string, unknown>>

/** A question that a handler asks, as the DSL's `form()`, `visit()`, `sample()` and `roots()` make it. */
export interface Question {
  readonly kind: 'elicitation' | 'sampling' | 'roots'
  readonly mode: 'form' | 'url' | undefined
  readonly params: Values
}

/** @throws {TypeError} when a handler asks something else */
export function readQuestion(value: unknown): Question {
  if (isRecord(value) && isRecord(value.params)) {
    const { kind, mode, params } = value
    if (kind === 'elicitation' && (mode === 'form' || mode === 'url')) return { kind, mode, params }
    if (kind === 'sampling' || kind === 'roots') return { kind, mode: undefined, params }
  }
  throw new TypeError('A question is what form(), visit(), sample() or roots() of the DSL return.')
}

/** The question as clients get it. */
export function inputRequest({ kind, mode, params }: Question): InputRequest {
  switch (kind) {
    case 'roots':
      return inputRequired.listRoots()
    case 'sampling':
      return inputRequired.createMessage(samplingParams(params))
    case 'elicitation':
      return mode === 'url'
        ? inputRequired.elicitUrl({ message: String(params.message), url: pageUrl(params.url) })
        : inputRequired.elicit(formParams(params))
  }
}

type FormParams = Parameters<typeof inputRequired.elicit>[0]
type SamplingParams = Parameters<typeof inputRequired.createMessage>[0]

/** The types of the DSL allow what the protocol does; the SDK's say the same in more detail. */
function formParams({ message, requestedSchema }: Values): FormParams {
  refuseSecretFields(requestedSchema)
  return {
    message: String(message),
    requestedSchema: structuredClone(requestedSchema) as FormParams['requestedSchema'],
  }
}

/** @throws {TypeError} when it is nothing that a browser should open because a server said so */
function pageUrl(url: unknown): string {
  if (typeof url === 'string' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw new TypeError('visit() takes an absolute URL that starts with https://.')
}

const SAMPLING = ['maxTokens', 'systemPrompt', 'temperature', 'stopSequences', 'modelPreferences']

function samplingParams(params: Values): SamplingParams {
  const messages = Array.isArray(params.messages) ? params.messages : []
  const known = Object.entries(params).filter(([name, value]) => SAMPLING.includes(name) && value !== undefined)
  return { ...Object.fromEntries(known), messages: messages.map(samplingMessage) } as unknown as SamplingParams
}

function samplingMessage(message: unknown): object {
  if (!isRecord(message)) throw new TypeError('A message for the model is { role, content }.')
  return { role: message.role, content: contentBlock(message.content) }
}
