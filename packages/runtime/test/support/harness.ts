import { Writable } from 'node:stream'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import { createTestIssuer, type TestIssuer, type TokenRequest } from '../../../testing/src/issuer.js'
import type { IssuerPolicy, ServerOptions } from '../../src/index.js'
import { LANES, type Lane } from '../../src/mcp/lanes/lane.js'
import { serverFactoryOn } from '../../src/server/server-factory.js'
import { definitionOf, Gate, RESOURCE, type SampleOptions, sampleTools, type Witness } from './definition.js'

export const LEGACY = '2025-11-25'
export const MODERN = '2026-07-28'

export type AuditRecord = Record<string, unknown> & { decision: string; reason?: string }

/** A server with the sample tools, an issuer it trusts, and everything that it logged. */
export interface Harness {
  readonly app: FastifyInstance
  readonly issuer: TestIssuer
  readonly witness: Witness
  readonly gate: Gate
  readonly log: () => string
  /** The audit records since the last time that somebody asked, without when they were written, how long it took, and from where. */
  audits(): AuditRecord[]
  /** Issues a token, and remembers that it must never be logged. */
  token(request?: TokenRequest): Promise<string>
  /** Says that this text must never be logged. */
  secret(text: string): string
  /** Ends everything, and fails if a token was logged or a stack trace sent. */
  close(): Promise<void>
}

export interface HarnessOptions extends Partial<Omit<SampleOptions, 'issuers'>> {
  readonly form?: 'jwt' | 'opaque'
  readonly typ?: 'at+jwt' | 'JWT'
  readonly issuer?: TestIssuer
  readonly issuers?: readonly IssuerPolicy[]
  readonly server?: ServerOptions
  /** The ways to an answer; those of every server if it does not say. */
  readonly lanes?: readonly Lane[]
  /** More variables. */
  readonly environment?: Readonly<Record<string, string>>
}

export function issuerPolicy(
  issuer: TestIssuer,
  form: 'jwt' | 'opaque',
  typ: 'at+jwt' | 'JWT' = 'at+jwt',
): IssuerPolicy {
  if (form === 'jwt') return { issuer: issuer.issuer, tokens: { form, typ } }
  const introspection = { clientId: issuer.client.id, clientSecret: { env: 'INTROSPECTION_SECRET' } }
  return { issuer: issuer.issuer, tokens: { form, introspection } }
}

export async function createHarness(options: HarnessOptions = {}): Promise<Harness> {
  const form = options.form ?? 'jwt'
  const issuer = options.issuer ?? (await createTestIssuer({ audience: RESOURCE }))
  const gate = new Gate()
  const witness: Witness = { calls: [], waiting: () => gate.began, finishWaiting: () => gate.open() }
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const secrets = new Set<string>([issuer.client.secret])
  const definition = definitionOf({
    ...options,
    issuers: options.issuers ?? [issuerPolicy(issuer, form, options.typ)],
    tools: options.tools ?? sampleTools(witness, gate),
  })
  const app = await serverFactoryOn(
    options.lanes ?? LANES,
    definition,
  )({
    environment: { NODE_ENV: 'test', INTROSPECTION_SECRET: issuer.client.secret, ...options.environment },
    logger: { level: 'trace', stream },
    ...options.server,
  })
  let read = 0
  return {
    app,
    issuer,
    witness,
    gate,
    log: () => lines.join(''),
    audits() {
      const fresh = lines.slice(read)
      read = lines.length
      return fresh.map((line) => JSON.parse(line)).flatMap((line) => (line.audit ? [decisionOf(line.audit)] : []))
    },
    async token(request = {}) {
      const token = await issuer.issue({ form, ...request })
      secrets.add(token)
      return token
    },
    secret(text) {
      secrets.add(text)
      return text
    },
    async close() {
      await app.close()
      await issuer.stop()
      const written = lines.join('')
      for (const secret of secrets) expect(written).not.toContain(secret)
      // The signature alone would do for somebody who knows the rest.
      for (const secret of secrets) expect(written).not.toContain(secret.split('.').at(-1) || 'never-logged')
    },
  }
}

function decisionOf({
  at: _at,
  request: _request,
  took: _took,
  address: _address,
  ...decision
}: AuditRecord): AuditRecord {
  return decision
}

export interface Ask {
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly id?: number
  readonly url?: string
  /** Where the request comes from; this machine if it does not say. */
  readonly from?: string
}

export interface Answer {
  readonly status: number
  readonly headers: LightMyRequestResponse['headers']
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came back
  readonly body: any
}

/** A well-formed request of revision 2026-07-28. */
export async function modern(
  app: FastifyInstance,
  method: string,
  params: object = {},
  ask: Ask = {},
): Promise<Answer> {
  const repeated = 'name' in params ? params.name : 'uri' in params ? params.uri : undefined
  const name = repeated === undefined ? {} : { 'mcp-name': String(repeated) }
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': MODERN,
    'io.modelcontextprotocol/clientCapabilities': {},
  }
  return post(
    app,
    { jsonrpc: '2.0', id: ask.id ?? 1, method, params: { ...params, _meta } },
    {
      ...ask,
      headers: { 'mcp-protocol-version': MODERN, 'mcp-method': method, ...name, ...ask.headers },
    },
  )
}

/** A well-formed request of revision 2025-11-25, after `initialize`. */
export async function legacy(
  app: FastifyInstance,
  method: string,
  params: object = {},
  ask: Ask = {},
): Promise<Answer> {
  return post(
    app,
    { jsonrpc: '2.0', id: ask.id ?? 1, method, params },
    {
      ...ask,
      headers: { 'mcp-protocol-version': LEGACY, ...ask.headers },
    },
  )
}

export const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: LEGACY, capabilities: {}, clientInfo: { name: 'test', version: '1' } },
}

export async function post(app: FastifyInstance, body: unknown, ask: Ask = {}): Promise<Answer> {
  return send(app, { method: 'POST', payload: typeof body === 'string' ? body : JSON.stringify(body) }, ask)
}

export async function send(app: FastifyInstance, request: InjectOptions, ask: Ask = {}): Promise<Answer> {
  const response = await app.inject({
    url: ask.url ?? '/mcp',
    ...(ask.from === undefined ? {} : { remoteAddress: ask.from }),
    ...request,
    headers: {
      host: 'notes.example.com',
      accept: 'application/json, text/event-stream',
      ...(request.payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...(ask.token === undefined ? {} : { authorization: `Bearer ${ask.token}` }),
      ...ask.headers,
    },
  })
  return answerOf(response.statusCode, response.headers, response.payload)
}

export function answerOf(status: number, headers: LightMyRequestResponse['headers'], text: string): Answer {
  // No answer of this server ever shows where its code is.
  expect(text).not.toMatch(/\n\s+at |node_modules|\.ts:\d|\.js:\d/)
  const type = String(headers['content-type'] ?? '')
  if (type.startsWith('text/event-stream')) {
    const data = [...text.matchAll(/^data: (.+)$/gm)].map(([, json]) => JSON.parse(json ?? 'null'))
    return { status, headers, text, body: data.length === 1 ? data[0] : data }
  }
  return { status, headers, text, body: type.includes('json') && text !== '' ? JSON.parse(text) : undefined }
}

/** Reads a challenge strictly: one scheme, every parameter once, values within their character set. */
export function parseChallenge(answer: Answer): Record<string, string> {
  const header = answer.headers['www-authenticate']
  if (typeof header !== 'string') throw new Error(`Not one challenge: ${JSON.stringify(header)}`)
  expect(header.startsWith('Bearer ')).toBe(true)
  const parameters: Record<string, string> = {}
  for (const part of header.slice('Bearer '.length).split(', ')) {
    const [, name = '', value = ''] = /^([a-z_]+)="([\x20\x21\x23-\x5b\x5d-\x7e]*)"$/.exec(part) ?? []
    expect(name).not.toBe('')
    expect(parameters).not.toHaveProperty(name)
    parameters[name] = value
  }
  return parameters
}
