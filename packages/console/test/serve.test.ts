import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Decision } from '../src/definition.js'
import { type ConsoleProcess, forkConsole, startConsole } from './support/console-process.js'
import { notesState } from './support/state.js'

const state = notesState({ resource: 'http://localhost:3000/mcp', issuer: 'http://localhost:4000' })

describe('the console as a process', () => {
  let running: ConsoleProcess
  let origin: string

  beforeEach(async () => {
    running = await startConsole()
    origin = `http://localhost:${running.port}`
  })
  afterEach(() => running.stop())

  it('serves the state that it was told last', async () => {
    running.send({ type: 'state', state })
    running.send({ type: 'state', state: { ...state, build: { status: 'failed', milliseconds: 1, findings: [] } } })
    const events = await listen(origin)
    let status: unknown
    while (status !== 'failed') status = (await events.next('state')).data.build.status
    await events.close()
    expect(await (await fetch(`${origin}/console/state`)).json()).toMatchObject({
      server: { name: 'notes' },
      build: { status: 'failed' },
    })
  })

  it('tells a page what happens, as it happens', async () => {
    running.send({ type: 'state', state })
    const events = await listen(origin)
    await events.next('state')
    running.send({ type: 'decision', decision: decision('one') })
    expect(await events.next('decision')).toMatchObject({ data: { id: 'one' } })
    running.send({ type: 'state', state: { ...state, build: { status: 'building', milliseconds: 0, findings: [] } } })
    expect(await events.next('state')).toMatchObject({ data: { build: { status: 'building' } } })
    await events.close()
  })

  it('gives a page that comes late the last 200 decisions, the oldest first', async () => {
    for (let index = 1; index <= 230; index += 1) running.send({ type: 'decision', decision: decision(`d${index}`) })
    running.send({ type: 'state', state })
    await untilTold(origin)
    const events = await listen(origin)
    await events.next('state')
    const ids: string[] = []
    for (let index = 0; index < 200; index += 1) ids.push((await events.next('decision')).data.id ?? '')
    expect([ids[0], ids.at(-1), new Set(ids).size]).toEqual(['d31', 'd230', 200])
    running.send({ type: 'decision', decision: decision('next') })
    expect((await events.next('decision')).data.id).toBe('next')
    await events.close()
  })

  it('goes on where a page left off, and begins anew for one that heard another run', async () => {
    running.send({ type: 'state', state })
    const first = await listen(origin)
    await first.next('state')
    running.send({ type: 'decision', decision: decision('one') })
    const { id } = await first.next('decision')
    await first.close()
    running.send({ type: 'decision', decision: decision('two') })
    const second = await listen(origin, { 'last-event-id': String(id) })
    expect((await second.next('decision')).data.id).toBe('two')
    await second.close()
    const third = await listen(origin, { 'last-event-id': 'abcdef-7' })
    expect((await third.next('decision')).data.id).toBe('one')
    await third.close()
  })

  it('refuses its events to another host', async () => {
    running.send({ type: 'state', state })
    const socket = connect(running.port, '127.0.0.1')
    socket.write('GET /console/events HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
    let answer = ''
    for await (const chunk of socket) answer += chunk
    expect(answer).toMatch(/^HTTP\/1\.1 421 /)
    expect(answer).not.toContain('notes')
  })

  it('listens on loopback and nowhere else', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    for (const { address } of others) {
      const socket = connect(running.port, address)
      const [error] = await once(socket, 'error')
      expect((error as NodeJS.ErrnoException).code).toBe('ECONNREFUSED')
    }
    expect((await fetch(`${origin}/console/style.css`)).status).toBe(200)
  })

  it('ends with its parent, also while pages listen', async () => {
    running.send({ type: 'state', state })
    const events = await listen(origin)
    await events.next('state')
    expect(await running.stop()).toBe(0)
    running = await startConsole()
  })
})

describe('what keeps it from starting is said in one line', () => {
  it('NODE_ENV=production', async () => {
    const child = forkConsole({ NODE_ENV: 'production' })
    expect(await printed(child)).toEqual([
      78,
      'The console is for development and does not start with NODE_ENV=production.\n',
    ])
  })

  it('nobody who forked it', async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('../dist/serve.js', import.meta.url))])
    expect(await printed(child)).toEqual([
      78,
      'The console has no life of its own: mcp-gen dev starts it. Run: npx mcp-gen dev\n',
    ])
  })
})

async function printed(child: ReturnType<typeof spawn>): Promise<[number | null, string]> {
  let text = ''
  child.stderr?.on('data', (chunk) => {
    text += chunk
  })
  const [code] = await once(child, 'close')
  return [code, text]
}

function decision(id: string): Decision {
  return {
    id,
    at: '2026-01-01T00:00:00.000Z',
    method: 'tools/call',
    needed: [],
    held: [],
    outcome: 'allowed',
    reason: 'answered',
    status: 200,
    milliseconds: 1,
  }
}

interface Told {
  readonly event: string
  readonly id: string | undefined
  readonly data: { readonly id?: string; readonly build: { readonly status: string } }
}

interface Events {
  /** The next event of this name; others are passed over. */
  next(event: string): Promise<Told>
  close(): Promise<void>
}

async function listen(origin: string, headers: Record<string, string> = {}): Promise<Events> {
  const abort = new AbortController()
  const response = await fetch(`${origin}/console/events`, { headers, signal: abort.signal })
  if (!response.body) throw new Error('no stream')
  const events = read(response.body)
  return {
    async next(event) {
      for (;;) {
        const { value, done } = await events.next()
        if (done) throw new Error(`The stream ended before ${event}`)
        if (value.event === event) return value
      }
    },
    async close() {
      abort.abort()
      await events.next().catch(() => {})
    },
  }
}

async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Told, undefined> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]),
      )
      if (fields.event) yield { event: fields.event, id: fields.id, data: JSON.parse(fields.data ?? 'null') }
    }
  }
  return undefined
}

/** Messages are taken in their order: once the state is there, so is what was sent before it. */
async function untilTold(origin: string): Promise<void> {
  const events = await listen(origin)
  await events.next('state')
  await events.close()
}
