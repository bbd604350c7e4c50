import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { LookupFunction } from 'node:net'
import { TLSSocket } from 'node:tls'
import { isLoopback, whyNotPublic } from '../connect/address.js'
import { type Address, addressesOf, isPrivate, type Lookup } from './addresses.js'
import { type Silence, silence, slow } from './silence.js'

const MOST_BYTES = 256 * 1024

/** Where questions go to, and how long each may take. */
export interface Asking {
  readonly lookup: Lookup
  /** Milliseconds for one question and its whole answer. */
  readonly limitMs: number
  /**
   * `public`: a server in public does not get to send us into a private network, or
   * to this computer. `anywhere`: the server is in a private place itself.
   */
  readonly reach: 'public' | 'anywhere'
  /** What vouches for certificates in place of what Node trusts, in PEM. */
  readonly ca?: string | undefined
}

export interface Question {
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly url: string
  readonly accept: string
  readonly json?: unknown
  /** Whether the body is of interest: one that never ends is not waited for. */
  readonly body: 'read' | 'ignore'
}

export interface Answer {
  readonly kind: 'answer'
  readonly method: Question['method']
  readonly url: string
  readonly status: number
  readonly location: string | null
  /** One entry a header line. */
  readonly challenges: readonly string[]
  /** How far its clock is ahead of ours, in milliseconds; null if it does not say. */
  readonly aheadMs: number | null
  /** Until when its certificate is good; null without TLS. */
  readonly certifiedUntil: Date | null
  /** At most 256 KiB; null if there is more. */
  readonly body: string | null
}

export type Reply = Answer | Silence

/**
 * Asks one question as a client without a token does: it follows no redirect, keeps
 * nothing, sends no credential, and stops after the limit of time and of bytes.
 * Never rejects: what went wrong is a `Silence`.
 */
export async function ask(question: Question, asking: Asking): Promise<Reply> {
  const { url } = question
  const forbidden = whyNotAsked(url, asking)
  if (forbidden !== null) return forbidden
  const signal = AbortSignal.timeout(asking.limitMs)
  const addresses = await addressesOf(url, asking.lookup, signal).catch((error) => silence(url, error, asking))
  if ('kind' in addresses) return addresses
  const hidden = asking.reach === 'public' && addresses.find(({ address }) => isPrivate(address))
  if (hidden) return silent(url, `leads to ${hidden.address}, in a private network`, 'Give it a public address.')
  return send(question, addresses, asking, signal)
}

/** RFC 9700 section 2.6 and RFC 8252 section 8.3: plain http stays on this computer. */
function whyNotAsked(url: string, { reach }: Asking): Silence | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    return silent(url, 'is no http or https URL', 'Give it an absolute https URL.')
  }
  if (new URL(url).protocol === 'http:' && !isLoopback(url)) {
    return silent(url, 'is http, not https: whoever is on the way can read and change it', 'Serve it over https.')
  }
  const hidden = reach === 'public' ? whyNotPublic(url) : null
  return hidden === null ? null : silent(url, `${hidden}: nobody else gets there`, 'Give it a public https address.')
}

function silent(url: string, cause: string, cure: string): Silence {
  return { kind: 'silence', url, cause, cure }
}

function send(question: Question, addresses: readonly Address[], asking: Asking, signal: AbortSignal): Promise<Reply> {
  const { url, method, accept, json } = question
  const body = json === undefined ? undefined : JSON.stringify(json)
  const options: RequestOptions & { ca?: string } = {
    method,
    signal,
    agent: false,
    lookup: pinned(addresses),
    headers: {
      accept,
      'accept-encoding': 'identity',
      'user-agent': 'mcp-gen',
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    },
    ...(asking.ca === undefined ? {} : { ca: asking.ca }),
  }
  const sentAt = Date.now()
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve(signal.aborted ? slow(url, asking) : silence(url, error, asking))
    const request = (new URL(url).protocol === 'https:' ? requestSecure : requestPlain)(url, options)
    request.on('error', failed)
    request.on('response', (response) => {
      const answer = answerOf(question, response, (sentAt + Date.now()) / 2)
      const read = question.body === 'read' ? bodyOf(response) : Promise.resolve(null)
      read.then((text) => resolve({ ...answer, body: text }), failed).finally(() => response.destroy())
    })
    request.end(body)
  })
}

/** The addresses that were looked at are the ones that are connected to. */
function pinned(addresses: readonly Address[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses
    if (all === true) callback(null, [...addresses])
    else if (first !== undefined) callback(null, first.address, first.family)
    else callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '')
  }
}

function answerOf({ method, url }: Question, response: IncomingMessage, at: number): Omit<Answer, 'body'> {
  const { statusCode = 0, headers, headersDistinct, socket } = response
  const date = Date.parse(headers.date ?? '')
  const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate() : null
  return {
    kind: 'answer',
    method,
    url,
    status: statusCode,
    location: headers.location ?? null,
    challenges: headersDistinct['www-authenticate'] ?? [],
    aheadMs: Number.isNaN(date) ? null : date - at,
    certifiedUntil: certificate === null ? null : new Date(certificate.valid_to),
  }
}

async function bodyOf(response: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
