import { z } from 'zod'
import { jsonSchema } from '../../../../spec/src/index.js'
import type { ToolModule } from '../../../src/index.js'
import type { SampleTool } from '../../support/definition.js'

/** What ran in a server: the name, what it got, and what of the context can be compared. */
export interface Ran {
  readonly tool: string
  readonly input: unknown
  readonly context: unknown
}

const SCOPES = { access: 'scopes', scopes: ['notes:write'] } as const
const ANYBODY = { access: 'authenticated' } as const

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Everything that a block may have, and some that it may not. */
const BLOCKS: Readonly<Record<string, unknown>> = {
  text: {
    type: 'text',
    text: 'ünïcödé  \ud83c\udf75',
    annotations: { audience: ['user'], priority: 0.5 },
    secret: 'hunter2',
  },
  image: { type: 'image', data: PIXEL, mimeType: 'image/png' },
  audio: { type: 'audio', data: new Uint8Array([1, 2, 3]), mimeType: 'audio/wav' },
  resource: {
    type: 'resource',
    resource: { uri: 'notes://1', mimeType: 'text/plain', text: 'tea', secret: 'hunter2' },
  },
  blob: { type: 'resource', resource: { uri: 'notes://2', blob: PIXEL } },
  link: {
    type: 'resource_link',
    uri: 'notes://3',
    name: 'three',
    title: 'Three',
    description: 'd',
    mimeType: 'text/plain',
  },
  dated: { type: 'text', text: 'tea', annotations: { lastModified: '2026-07-28T00:00:00Z', audience: ['nobody'] } },
  'no-base64': { type: 'image', data: 'not base64!', mimeType: 'image/png' },
  'no-date': { type: 'text', text: 'tea', annotations: { lastModified: 'yesterday' } },
  'no-block': { type: 'video', data: PIXEL },
}
export const BLOCK_NAMES: readonly string[] = Object.keys(BLOCKS)

/** Tools with everything that a policy can say, for one server. What they do depends on their arguments alone. */
export function tools(ran: Ran[]): Record<string, SampleTool> {
  const record =
    (tool: string, result: (input: never) => unknown): ToolModule['run'] =>
    (input, context) => {
      const { services: _services, signal, request, progress: _progress, ...rest } = context as Record<string, unknown>
      const { protocolVersion } = request as { readonly protocolVersion: unknown }
      ran.push({ tool, input, context: { ...rest, protocolVersion, aborted: (signal as AbortSignal).aborted } })
      return result(input as never)
    }
  const told = (message: string): never => {
    throw Object.assign(new Error(message), { 'mcp-secure.tool-error': true })
  }
  return {
    read: {
      access: ANYBODY,
      audit: { arguments: true },
      input: z.object({ limit: z.number().int().default(10), note: z.string().optional() }),
      output: z.object({ notes: z.array(z.string()), at: z.string().optional() }),
      run: record('read', ({ limit }) => ({ notes: Array(Math.abs(limit) % 5).fill('tea'), secret: 'hunter2' })),
    },
    write: { access: SCOPES, input: z.strictObject({ id: z.uuid() }), run: record('write', () => 'written') },
    secret: { access: { ...SCOPES, whenDenied: 'hide' }, run: record('secret', () => 'found') },
    recent: { access: { ...ANYBODY, freshLogin: { maxAgeSeconds: 60 } }, run: record('recent', () => 'fresh') },
    about: { access: { access: 'public' }, run: record('about', () => 'about') },
    either: {
      access: { access: 'any-of', anyOf: [['notes:write'], ['notes:export']] },
      run: record('either', () => 'e'),
    },
    raw: {
      access: ANYBODY,
      input: jsonSchema({ type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] }),
      output: jsonSchema({ type: 'object', properties: { a: { type: 'integer' }, constructor: { type: 'string' } } }),
      run: record('raw', ({ a }) => ({ a, constructor: 'own', secret: 'hunter2' })),
    },
    move: {
      access: { ...ANYBODY, argumentScopes: ['notes:write'] },
      input: z.object({ far: z.boolean().default(false) }),
      argumentScopes: { pick: (input) => ((input as { far: boolean }).far ? ['notes:write'] : []) },
      run: record('move', () => 'moved'),
    },
    own: {
      access: { ...ANYBODY, authorize: true },
      input: z.object({ whose: z.string() }),
      authorize: (asked) => (asked as { input: { whose: string } }).input.whose === 'ada',
      run: record('own', () => 'yours'),
    },
    wrapped: {
      access: ANYBODY,
      input: z.union([z.string(), z.number()]),
      output: z.array(z.number()),
      wrapped: 'value',
      run: record('wrapped', () => [1, 2]),
    },
    blocks: {
      access: ANYBODY,
      input: z.object({ which: z.array(z.string()) }),
      run: record('blocks', ({ which }: { which: string[] }) => ({ content: which.map((name) => BLOCKS[name]) })),
    },
    fail: {
      access: ANYBODY,
      input: z.object({ how: z.string() }),
      output: z.object({ ok: z.boolean() }),
      run: record('fail', ({ how }: { how: string }) => {
        if (how === 'told') return told('There is no such note.')
        if (how === 'thrown') throw new Error('password=hunter2 at db.internal')
        if (how === 'later') return Promise.reject(new Error('password=hunter2'))
        return { ok: how === 'lie' ? 'hunter2' : true }
      }),
    },
    limited: { access: ANYBODY, limits: { seconds: 2 }, run: record('limited', () => 'soon') },
    follow: { access: { ...ANYBODY, uses: ['progress'] }, run: record('follow', () => 'followed') },
  }
}
