import { randomBytes } from 'node:crypto'
import type { AuthFacts, SettingFact } from '../analyse/facts.js'
import { EMBEDDED_SECRET, issuerSetting, issuersOf } from '../model/issuers.js'
import type { ServerModel } from '../model/server-model.js'
import { type Front, openFront } from './front.js'
import { listenLocally } from './listen.js'
import { type PortOwner, portOwner } from './port-owner.js'

/** Where things are while the project is developed. */
export interface Addresses {
  /** The resource as clients type it. */
  readonly resource: string
  readonly issuer: string
  readonly embedded: boolean
  readonly front: Front
  readonly consoleUrl: string
  /** What the programs are told, so that they agree. */
  readonly variables: Readonly<Record<string, string>>
  /** What the developer should know: ports that moved. */
  readonly notes: readonly string[]
}

export interface AddressRequest {
  readonly model: ServerModel
  readonly environment: NodeJS.ProcessEnv
  /** The port that the developer asked for. */
  readonly port: number | null
}

/** Nothing can be served as things are; the message says what to do. */
export class AddressProblem extends Error {}

/** How many ports after a taken one are tried. */
const TRIES = 50

/**
 * Decides where the resource and the authorization server are, and opens the
 * front. A port that only a development value names may be another one if it is
 * taken; one that somebody asked for may not.
 *
 * @throws {AddressProblem}
 */
export async function decideAddresses({ model, environment, port }: AddressRequest): Promise<Addresses> {
  const { resource: resourceSetting, auth } = settingsOf(model)
  const resource = read(resourceSetting, environment, 'the address of the MCP endpoint, as clients type it')
  const issuer = read(issuerSetting(auth), environment, 'the address of the authorization server')
  const wanted = withPort(resource, port)
  const { front, moved } = await openAt(wanted, port)
  const moves = moved && wanted.isLocal ? movedTo(wanted, front.port) : wanted
  const embedded = auth.kind === 'embedded'
  const freed: Freed = embedded
    ? await freeIssuer(issuer).catch((error: unknown) => closeAndRaise(front, error))
    : issuer
  return {
    resource: moves.text,
    issuer: freed.text,
    embedded,
    front,
    consoleUrl: `http://${wanted.isLocal ? new URL(moves.text).hostname : 'localhost'}:${front.port}/`,
    variables: { ...variable(moves), ...variable(freed), ...(embedded ? sharedSecret(environment) : {}) },
    notes: [
      ...(moved === null ? [] : [`${taken(portOf(wanted), moved.owner)}, so the MCP server uses ${front.port}`]),
      ...(freed.text === issuer.text
        ? []
        : [`${taken(portOf(issuer), freed.owner)}, so the authorization server uses ${portOf(freed)}`]),
    ],
  }
}

/** What decides the addresses: if it changes, they have to be decided again. */
export function addressKey({ model, environment }: AddressRequest): string {
  const { resource, auth } = settingsOf(model)
  const issuer = issuerSetting(auth)
  const said = (setting: SettingFact) => (setting.kind === 'env' ? (environment[setting.name] ?? null) : null)
  return JSON.stringify([auth.kind, resource, said(resource), issuer, said(issuer)])
}

function settingsOf({ server }: ServerModel): { readonly resource: SettingFact; readonly auth: AuthFacts } {
  const issuers = issuersOf(server).map(({ value }) => value)
  // Of several it is the one that runs here that may have to move; else the one that clients are told of first.
  const auth = issuers.find(({ kind }) => kind === 'embedded') ?? issuers[0]
  if (server === null || typeof server.resource === 'string' || auth === undefined) {
    throw new TypeError('a model without a resource or an issuer was run')
  }
  return { resource: server.resource.value, auth }
}

interface Address {
  readonly text: string
  /** The variable by which the programs are told another address; null if the spec has written it down. */
  readonly variable: string | null
  /** Whether nobody asked for it: it is a development value. */
  readonly isDefault: boolean
  /** Whether it is on this machine: a tunnel or a proxy has its own port. */
  readonly isLocal: boolean
}

function read(setting: SettingFact, environment: NodeJS.ProcessEnv, meaning: string): Address {
  if (setting.kind === 'literal') return address(setting.value, null, false)
  const said = environment[setting.name]?.trim()
  if (said && !URL.canParse(said)) throw new AddressProblem(`${setting.name} is not a URL. It is ${meaning}.`)
  if (said) return address(said, setting.name, false)
  if (setting.development !== null) return address(setting.development, setting.name, true)
  throw new AddressProblem(`${setting.name} is not set. It is ${meaning}. Set it, in .env for example.`)
}

function address(text: string, variable: string | null, isDefault: boolean): Address {
  return { text, variable, isDefault, isLocal: /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(text).hostname) }
}

function withPort(resource: Address, port: number | null): Address {
  if (port === null || !resource.isLocal || portOf(resource) === port) return resource
  if (resource.variable === null) {
    throw new AddressProblem(
      `The spec writes its resource down, ${resource.text}: leave --port out, or use env(…) there.`,
    )
  }
  return movedTo(resource, port)
}

function movedTo(from: Address, port: number): Address {
  const { protocol, hostname, pathname } = new URL(from.text)
  return { ...from, text: `${protocol}//${hostname}:${port}${pathname === '/' ? '' : pathname}` }
}

/** Where a resource that is somewhere else is served on this machine, as the runtime has it. */
const PORT_BEHIND = 3000

function portOf({ text, isLocal }: Address): number {
  const { port, protocol } = new URL(text)
  if (port !== '') return Number(port)
  if (!isLocal) return PORT_BEHIND
  return protocol === 'https:' ? 443 : 80
}

async function openAt(
  resource: Address,
  asked: number | null,
): Promise<{ readonly front: Front; readonly moved: { readonly owner: PortOwner | null } | null }> {
  const wanted = resource.isLocal ? portOf(resource) : (asked ?? portOf(resource))
  const front = await openFront(wanted)
  if (front !== null) return { front, moved: null }
  const owner = await portOwner(wanted)
  if (asked !== null) throw new AddressProblem(`${taken(wanted, owner)}. End that program, or ask for another --port.`)
  if (!resource.isDefault) {
    const where = resource.variable ?? 'the spec'
    throw new AddressProblem(`${taken(wanted, owner)}, and ${where} asks for it. End that program, or change ${where}.`)
  }
  for (let port = wanted + 1; port <= Math.min(wanted + TRIES, 65_535); port++) {
    const other = await openFront(port)
    if (other !== null) return { front: other, moved: { owner } }
  }
  throw new AddressProblem(`${taken(wanted, owner)}, and so are the ${TRIES} after it. Choose one with --port.`)
}

type Freed = Address & { readonly owner?: PortOwner | null }

async function freeIssuer(issuer: Address): Promise<Freed> {
  const wanted = portOf(issuer)
  // A wrong issuer, such as one that is elsewhere, is for the authorization server to refuse.
  if (!issuer.isLocal || (await isFree(wanted))) return issuer
  const owner = await portOwner(wanted)
  if (!issuer.isDefault) {
    const where = issuer.variable ?? 'the spec'
    throw new AddressProblem(
      `${taken(wanted, owner)}, and the authorization server is to be there. End that program, or change ${where}.`,
    )
  }
  for (let port = wanted + 1; port <= Math.min(wanted + TRIES, 65_535); port++) {
    if (await isFree(port)) return { ...movedTo(issuer, port), owner }
  }
  throw new AddressProblem(`${taken(wanted, owner)}, and so are the ${TRIES} after it.`)
}

async function isFree(port: number): Promise<boolean> {
  const server = await listenLocally(port, () => undefined)
  await server?.close()
  return server !== null
}

function taken(port: number, owner: PortOwner | null | undefined): string {
  return `port ${port} is taken${owner ? ` by ${owner.command} (process ${owner.pid})` : ''}`
}

/** Given to both, neither waits for the file of the other. */
function sharedSecret(environment: NodeJS.ProcessEnv): Record<string, string> {
  return { [EMBEDDED_SECRET]: environment[EMBEDDED_SECRET]?.trim() || randomBytes(32).toString('base64url') }
}

function variable({ variable: name, text }: Address): Record<string, string> {
  return name === null ? {} : { [name]: text }
}

async function closeAndRaise(front: Front, error: unknown): Promise<never> {
  await front.close()
  throw error
}
