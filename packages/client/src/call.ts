import {
  type CallToolResult,
  InsufficientScopeError,
  ProtocolError,
  SdkHttpError,
  UnauthorizedError,
} from '@modelcontextprotocol/client'
import type { ClientTool, Travels } from './definition.js'
import { scopeSetsOf } from './needed-scopes.js'
import { missingScopes } from './read-challenge.js'
import type { CallFailure, CallResult } from './result.js'
import type { TextOutput } from './types.js'

/** The arguments as they travel. */
export function toArguments(input: Travels | null, value: unknown): Record<string, unknown> {
  if (value === undefined) return {}
  if (input?.wrapped != null) return { [input.wrapped]: value }
  return { ...(value as Record<string, unknown>) }
}

/**
 * What a tool answered, unwrapped.
 *
 * @throws {TypeError} when the server leaves out what the tool declares (MCP, tools, output schema)
 */
export function toResult(
  tool: ClientTool,
  { isError, content, structuredContent }: CallToolResult,
): CallResult<unknown> {
  const text = content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n')
  if (isError === true) return { ok: false, error: 'tool-error', text }
  if (tool.output === null) return { ok: true, value: { text, content } satisfies TextOutput }
  const { wrapped } = tool.output
  if (typeof structuredContent !== 'object' || structuredContent === null) {
    throw new TypeError('The server answered without the structured content that the tool declares.')
  }
  const values: Readonly<Record<string, unknown>> = { ...structuredContent }
  return { ok: true, value: wrapped === null ? values : values[wrapped] }
}

/** Why there is no answer. */
export function toFailure(
  error: unknown,
  tool: ClientTool,
  login: { readonly scopes: readonly string[]; readonly redirected: boolean },
): CallFailure {
  if (error instanceof InsufficientScopeError) {
    const sets = scopeSetsOf(tool)
    const scopes = error.requiredScope?.split(' ').filter((scope) => scope !== '') ?? sets[0] ?? []
    return { ok: false, error: 'insufficient-scope', missing: missingScopes(error.errorDescription, sets), scopes }
  }
  // The transport's word for a second 401, after the token was renewed.
  if (error instanceof UnauthorizedError || (error instanceof SdkHttpError && error.status === 401)) {
    return { ok: false, error: 'login-required', ...login }
  }
  if (error instanceof ProtocolError) {
    return { ok: false, error: 'protocol-error', code: error.code, message: error.message }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { ok: false, error: 'no-answer', message, cause: error }
}
