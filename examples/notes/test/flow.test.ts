// The whole flow as users' clients go it, against the generated server and the
// real authorization server: both official SDKs, two users, one step-up.
import { BrowserlessProvider } from '@mcp-secure/testing'
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client'
import { auth as authV1 } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, start } from './support/running.js'

let running: Running
let resource: URL

beforeAll(async () => {
  running = await start()
  resource = new URL(running.environment.MCP_RESOURCE)
})

afterAll(() => running.close())

/** One client that a person uses: connect, call, and what the person is sent to do in between. */
interface Session {
  listTools(): Promise<string[]>
  call(
    name: string,
    input?: Record<string, unknown>,
  ): Promise<{ isError?: boolean | undefined; structuredContent?: unknown; content: unknown }>
  /** The URIs of the resources that are listed. */
  listResources(): Promise<string[]>
  /** The text of a resource. */
  read(uri: string): Promise<unknown>
  /** The text of a prompt's only message. */
  prompt(name: string, args: Record<string, string>): Promise<unknown>
  /** What is suggested for an argument of a prompt. */
  suggest(name: string, argument: string, value: string): Promise<string[]>
  close(): Promise<void>
}

/** What both SDKs' clients have in common, as far as it is used here. */
type Offers = Pick<Client, 'listResources' | 'readResource' | 'getPrompt' | 'complete'>

function offersOf(client: Offers): Pick<Session, 'listResources' | 'read' | 'prompt' | 'suggest'> {
  return {
    listResources: async () => (await client.listResources()).resources.map(({ uri }) => uri),
    async read(uri) {
      const [first] = (await client.readResource({ uri })).contents
      return first !== undefined && 'text' in first ? first.text : first
    },
    async prompt(name, args) {
      const [first] = (await client.getPrompt({ name, arguments: args })).messages
      return first?.content.type === 'text' ? first.content.text : first
    },
    async suggest(name, argument, value) {
      const ref = { type: 'ref/prompt' as const, name }
      return (await client.complete({ ref, argument: { name: argument, value } })).completion.values
    },
  }
}

const sdks = [
  { sdk: '@modelcontextprotocol/client 2.4, protocol 2026-07-28', open: openV2('auto') },
  { sdk: '@modelcontextprotocol/client 2.4, protocol 2025-11-25', open: openV2('legacy') },
  { sdk: '@modelcontextprotocol/sdk 1.32', open: openV1 },
]

describe.each(sdks)('with $sdk', ({ open }) => {
  it('a user logs in, reads, is refused a write, steps up, writes, and stays alone with the note', async () => {
    const ada = await open('ada')
    expect(await ada.session.listTools()).toEqual(['create_note', 'delete_note', 'list_notes', 'read_note'])
    expect((await ada.session.call('list_notes')).structuredContent).toEqual({ notes: expect.any(Array) })
    expect(ada.provider.tokens()?.scope).toBe('notes:read')

    const note = { title: 'Groceries', text: 'Tea, bread, lemons' }
    const { id } = (await ada.stepUp('create_note', note)).structuredContent as { id: string }
    expect(ada.refusals).toEqual([
      {
        status: 401,
        challenge: expect.stringMatching(/^Bearer resource_metadata="[^"]+", scope="notes:read", realm="notes"$/),
      },
      {
        status: 403,
        challenge: expect.stringMatching(/^Bearer error="insufficient_scope".*scope="notes:read notes:write"/),
      },
    ])
    expect(ada.provider.tokens()?.scope?.split(' ').sort()).toEqual(['notes:read', 'notes:write'])
    expect((await ada.session.call('read_note', { id })).structuredContent).toMatchObject(note)

    const uri = `notes://note/${id}`
    expect(await ada.session.listResources()).toEqual([uri])
    expect(await ada.session.read(uri)).toBe('# Groceries\n\nTea, bread, lemons')
    expect(await ada.session.suggest('summarise', 'title', 'Gro')).toEqual(['Groceries'])
    expect(await ada.session.prompt('summarise', { title: 'Groceries' })).toContain('Tea, bread, lemons')

    const grace = await open('grace')
    expect(await grace.session.listResources()).toEqual([])
    await expect(grace.session.read(uri)).rejects.toThrow('Resource not found')
    expect(await grace.session.suggest('summarise', 'title', 'Gro')).toEqual([])
    await expect(grace.session.prompt('summarise', { title: 'Groceries' })).rejects.toThrow('You have no note called')
    expect((await grace.session.call('list_notes')).structuredContent).toEqual({ notes: [] })
    expect(await grace.session.call('read_note', { id })).toMatchObject({ isError: true })

    expect((await ada.session.call('delete_note', { id })).structuredContent).toEqual({ deleted: true })
    await Promise.all([ada.session.close(), grace.session.close()])
  })

  it('a user who does not agree gets no token', async () => {
    await expect(open('ada', 'deny')).rejects.toThrow(/access_denied|denied/i)
  })
})

interface Opened {
  readonly provider: BrowserlessProvider
  readonly session: Session
  readonly refusals: { status: number; challenge: string }[]
  /** Calls a tool that the first login does not allow, as a user of this SDK would get through. */
  stepUp(name: string, input: Record<string, unknown>): ReturnType<Session['call']>
}

function openV2(mode: 'auto' | 'legacy') {
  return (user: string, decision?: 'deny') => openModern(mode, user, decision)
}

async function openModern(mode: 'auto' | 'legacy', user: string, decision?: 'deny'): Promise<Opened> {
  const provider = new BrowserlessProvider({ user, ...(decision && { decision }) })
  const refusals: Opened['refusals'] = []
  const make = () =>
    new StreamableHTTPClientTransport(resource, { authProvider: provider, fetch: recordInto(refusals) })
  const login = make()
  const newClient = () => new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
  await expect(newClient().connect(login)).rejects.toBeInstanceOf(UnauthorizedError)
  await login.finishAuth(provider.callback.searchParams)
  const transport = make()
  const client = newClient()
  await client.connect(transport)
  const call: Session['call'] = (name, input = {}) => client.callTool({ name, arguments: input })
  return {
    provider,
    refusals,
    session: {
      listTools: async () => (await client.listTools()).tools.map(({ name }) => name),
      call,
      ...offersOf(client),
      close: () => client.close(),
    },
    async stepUp(name, input) {
      await expect(call(name, input)).rejects.toBeInstanceOf(UnauthorizedError)
      await transport.finishAuth(provider.callback.searchParams)
      return call(name, input)
    },
  }
}

async function openV1(user: string, decision?: 'deny'): Promise<Opened> {
  const provider = new BrowserlessProvider({ user, ...(decision && { decision }) })
  const refusals: Opened['refusals'] = []
  const make = () => new TransportV1(resource, { authProvider: provider, fetch: recordInto(refusals) })
  const newClient = () => new ClientV1({ name: 'test', version: '1' })
  const login = make()
  await expect(newClient().connect(login)).rejects.toThrow(/Unauthorized/)
  await login.finishAuth(codeOf(provider.callback))
  const transport = make()
  const client = newClient()
  await client.connect(transport)
  const call: Session['call'] = async (name, input = {}) =>
    (await client.callTool({ name, arguments: input })) as Awaited<ReturnType<Session['call']>>
  return {
    provider,
    refusals,
    session: {
      listTools: async () => (await client.listTools()).tools.map(({ name }) => name),
      call,
      ...offersOf(client as unknown as Offers),
      close: () => client.close(),
    },
    async stepUp(name, input) {
      // This version refreshes where it should ask the user, and gives up. Who uses it has to log in
      // again, for the scopes that the challenge names.
      await expect(call(name, input)).rejects.toThrow('Server returned 403 after trying upscoping')
      const scope = /scope="([^"]+)"/.exec(refusals.at(-1)?.challenge ?? '')?.[1] ?? ''
      expect(refusals.pop()).toEqual(refusals.at(-1))
      provider.invalidateCredentials('tokens')
      await authV1(provider, { serverUrl: resource, scope })
      await transport.finishAuth(codeOf(provider.callback))
      return call(name, input)
    },
  }
}

function codeOf(callback: URL): string {
  const code = callback.searchParams.get('code')
  if (code === null) throw new Error(callback.searchParams.get('error') ?? 'the callback has no code')
  return code
}

/** A fetch that notes every challenge that a client gets to see. */
function recordInto(refusals: Opened['refusals']): (url: string | URL, init?: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const response = await fetch(url, init)
    const challenge = response.headers.get('www-authenticate')
    if (challenge) refusals.push({ status: response.status, challenge })
    return response
  }
}
