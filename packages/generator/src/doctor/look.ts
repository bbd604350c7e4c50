import { isLoopback, whyNotPublic } from '../connect/address.js'
import { type Address, addressesOf, isPrivate } from './addresses.js'
import { type Asking, ask, type Reply } from './ask.js'
import { type Challenge, readChallenge } from './read-challenge.js'
import { type Document, type Members, readDocument, textIn, textsIn } from './read-document.js'

/** A server has one or two; a list of a thousand is not asked. */
const MOST_ISSUERS = 5

/** How the server is asked. */
export interface Surroundings extends Pick<Asking, 'lookup' | 'limitMs' | 'ca'> {
  /** Whether the spec declares something public; null if there is no spec at hand. */
  readonly declaresPublic: boolean | null
}

/** What the address itself answers to somebody without a token. */
export interface Probed {
  readonly url: string
  readonly declaresPublic: boolean | null
  /** Every address of the host; empty if it has none. */
  readonly addresses: readonly Address[]
  readonly initialize: Reply
  readonly get: Reply
  readonly head: Reply
  /** Of the first answer that has one. */
  readonly challenge: Challenge | null
}

/** And what is behind it: its metadata and its authorization servers. */
export interface Seen extends Probed {
  readonly metadata: ResourceMetadata
  readonly issuers: readonly SeenIssuer[]
  /** How many issuers the metadata names; not all may have been asked. */
  readonly issuerCount: number
}

export interface ResourceMetadata {
  /** Where the challenge points to; null if it does not. */
  readonly named: Document | null
  /** RFC 9728 section 3.1: the path of the resource behind the well-known one. */
  readonly atPath: Document
  /** The same for the host as a whole. */
  readonly atRoot: Document
}

export interface SeenIssuer {
  readonly issuer: string
  /** RFC 8414 section 3.1, then the two forms of OpenID Connect Discovery, in the order in which clients ask. */
  readonly documents: readonly Document[]
  /** Null if the metadata names no keys. */
  readonly keys: Document | null
  /** The scopes that clients ask this issuer for. */
  readonly scopes: readonly string[]
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'mcp-gen', version: '1' } },
}

/** Asks the server what clients ask when they connect for the first time. */
export async function probe(url: string, surroundings: Surroundings): Promise<Probed> {
  const { declaresPublic, lookup, limitMs } = surroundings
  const addresses = await addressesOf(url, lookup, AbortSignal.timeout(limitMs)).catch(() => [])
  const asking: Asking = { ...surroundings, reach: reachOf(url, addresses) }
  const [initialize, get, head] = await Promise.all([
    ask(
      { method: 'POST', url, accept: 'application/json, text/event-stream', json: INITIALIZE, body: 'ignore' },
      asking,
    ),
    ask({ method: 'GET', url, accept: 'text/event-stream', body: 'ignore' }, asking),
    ask({ method: 'HEAD', url, accept: 'text/event-stream', body: 'ignore' }, asking),
  ])
  return { url, declaresPublic, addresses, initialize, get, head, challenge: challengeIn([initialize, get, head]) }
}

/** Asks for everything that the answers lead to, as clients do before a login. */
export async function lookBehind(probed: Probed, surroundings: Surroundings): Promise<Seen> {
  const { url, addresses, challenge } = probed
  const asking: Asking = { ...surroundings, reach: reachOf(url, addresses) }
  const metadata = await lookAtMetadata(url, challenge, asking)
  const used = usedMetadata(metadata)
  const named = used === null ? [] : (textsIn(used, 'authorization_servers') ?? [])
  const scopes = challenge?.scopes.length ? challenge.scopes : (used && textsIn(used, 'scopes_supported')) || []
  const issuers = await Promise.all(named.slice(0, MOST_ISSUERS).map((issuer) => lookAtIssuer(issuer, scopes, asking)))
  return { ...probed, metadata, issuers, issuerCount: named.length }
}

/** Only a server that is in a private place itself, with all its addresses, may name others in one. */
export function reachOf(url: string, addresses: readonly Address[]): Asking['reach'] {
  const allPrivate = addresses.length > 0 && addresses.every(({ address }) => isPrivate(address))
  const isHidden = whyNotPublic(url) !== null || allPrivate
  return isHidden ? 'anywhere' : 'public'
}

/** The document that clients go on with: the one of the challenge, then by path, then the one of the host. */
export function usedMetadata({ named, atPath, atRoot }: ResourceMetadata): Members | null {
  const read = [named, atPath, atRoot].find((document) => document?.state === 'read')
  return read?.state === 'read' ? read.members : null
}

/** The document that clients go on with: the first that there is. */
export function usedDocument({ documents }: SeenIssuer): Members | null {
  const read = documents.find(({ state }) => state === 'read')
  return read?.state === 'read' ? read.members : null
}

function challengeIn(replies: readonly Reply[]): Challenge | null {
  const lines = replies.flatMap((reply) => (reply.kind === 'answer' && reply.status === 401 ? reply.challenges : []))
  return lines.map(readChallenge).find((challenge) => challenge !== null) ?? null
}

async function lookAtMetadata(url: string, challenge: Challenge | null, asking: Asking): Promise<ResourceMetadata> {
  const { origin, pathname, search } = new URL(url)
  const root = `${origin}/.well-known/oauth-protected-resource`
  const path = `${root}${pathname === '/' ? '' : pathname}${search}`
  const named = challenge?.resourceMetadata ?? null
  const [atPath, elsewhereRoot] = await Promise.all([
    readDocument(path, asking),
    path === root ? null : readDocument(root, asking),
  ])
  const atRoot = elsewhereRoot ?? atPath
  if (named === null) return { named, atPath, atRoot }
  const known = [atPath, atRoot].find((document) => document.url === named)
  return { named: known ?? (await readDocument(named, asking)), atPath, atRoot }
}

async function lookAtIssuer(issuer: string, scopes: readonly string[], asking: Asking): Promise<SeenIssuer> {
  const documents = await Promise.all(metadataUrls(issuer).map((url) => readDocument(url, asking)))
  const seen: SeenIssuer = { issuer, documents, keys: null, scopes }
  const used = usedDocument(seen)
  const keysUrl = used === null ? null : textIn(used, 'jwks_uri')
  return { ...seen, keys: keysUrl === null ? null : await readDocument(keysUrl, asking) }
}

/** MCP 2025-11-25, Authorization Server Metadata Discovery. */
function metadataUrls(issuer: string): readonly string[] {
  if (!URL.canParse(issuer)) return [issuer]
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  const inserted = ['oauth-authorization-server', 'openid-configuration'].map(
    (name) => `${origin}/.well-known/${name}${path}`,
  )
  return path === '' ? inserted : [...inserted, `${origin}${path}/.well-known/openid-configuration`]
}

/** Whether a server is for programs on this computer alone. */
export function isHere({ url }: Probed): boolean {
  return isLoopback(url)
}
