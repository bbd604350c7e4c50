import {
  type GetPromptResult,
  type InputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server'
import type { Grant } from '../guard/grant.js'
import { Asking } from './ask/asking.js'
import type { Call } from './call.js'
import { contentBlock } from './content-block.js'
import { refuseToTell } from './exchanged-tokens.js'
import { handlerContext } from './handler-context.js'
import { type Answered, failed } from './handler-failure.js'
import { isAuthorized, NOT_ALLOWED } from './is-authorized.js'
import { isRecord } from './is-record.js'
import { explain } from './parse-input.js'
import type { PreparedPrompt } from './prompt-catalogue.js'
import { type Issue, parseWith } from './standard-schema.js'
import { useContext } from './uses/use-context.js'

/**
 * Gets a prompt. It takes a grant: without one nothing here can run. What is
 * wrong with the arguments is told field by field (MCP, prompts, error handling).
 */
export async function getPrompt(
  grant: Grant<PreparedPrompt>,
  args: Readonly<Record<string, string>>,
  call: Call,
): Promise<Answered<GetPromptResult | InputRequiredResult>> {
  const asking = Asking.of(grant, args, call)
  const answered = await run(grant, args, call, asking)
  // Whatever it ended with: a handler that asked did not end of itself.
  return asking.isOpen ? { result: asking.result(), outcome: 'asked' } : answered
}

async function run(
  grant: Grant<PreparedPrompt>,
  args: Readonly<Record<string, string>>,
  call: Call,
  asking: Asking,
): Promise<Answered<GetPromptResult>> {
  const { item } = grant
  const { exchange, signal } = call
  try {
    const parsed = await parseArguments(item, args)
    if ('issues' in parsed) {
      const error = new ProtocolError(ProtocolErrorCode.InvalidParams, explain(item.name, parsed.issues))
      return { error, outcome: 'invalid-input' }
    }
    if (!(await isAuthorized(grant, parsed.value, exchange, signal))) {
      return { error: new ProtocolError(ProtocolErrorCode.InvalidParams, NOT_ALLOWED), outcome: 'not-authorized' }
    }
    const returned: unknown = await item.module.run(
      parsed.value,
      handlerContext(grant, exchange, signal, useContext(item, call, asking)),
    )
    const { description } = item.description
    const messages = messagesOf(returned)
    refuseToTell(item, messages, exchange)
    return { result: { description, messages }, outcome: 'answered' }
  } catch (error) {
    if (asking.isOpen) return { result: { messages: [] }, outcome: 'asked' }
    return failed(item, error, exchange, { told: ProtocolErrorCode.InvalidParams, what: 'The prompt failed.' })
  }
}

async function parseArguments(
  { module, description }: PreparedPrompt,
  args: Readonly<Record<string, string>>,
): ReturnType<typeof parseWith> {
  const known = new Set(description.arguments.map(({ name }) => name))
  const issues: Issue[] = Object.keys(args)
    .filter((name) => !known.has(name))
    .map((name) => ({ path: [name], message: 'this prompt has no such argument' }))
  if (issues.length > 0) return { issues }
  return module.arguments === undefined ? { value: {} } : parseWith(module.arguments, args)
}

type Message = GetPromptResult['messages'][number]

function messagesOf(value: unknown): Message[] {
  if (typeof value === 'string') return [{ role: 'user', content: { type: 'text', text: value } }]
  if (Array.isArray(value) && value.length > 0) return value.map(messageOf)
  throw new TypeError('A prompt returns a string or a list of { role, content }.')
}

function messageOf(value: unknown): Message {
  if (!isRecord(value) || (value.role !== 'user' && value.role !== 'assistant')) {
    throw new TypeError('A message of a prompt has the role "user" or "assistant".')
  }
  const { role, content } = value
  return { role, content: typeof content === 'string' ? { type: 'text', text: content } : contentBlock(content) }
}
