import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** What a running `mcp-gen dev` says of itself. */
export interface Running {
  readonly pid: number
  /** Where its console is, when it serves already. */
  readonly url: string | null
}

export interface Claim {
  /** Says where the console is from now on. */
  setUrl(url: string): void
  release(): Promise<void>
}

/**
 * Makes this process the only one that develops the project, or tells which one
 * is. The claim is a socket that the system takes back when the process ends,
 * however that happens: no number of a process that another one may have by now.
 */
export async function claimProject(directory: string): Promise<Claim | { readonly running: Running }> {
  const address = addressOf(directory)
  for (let attempt = 0; ; attempt++) {
    const claim = await listenAt(address)
    if (claim !== null) return claim
    const running = await ask(address)
    if (running !== null) return { running }
    if (attempt === ATTEMPTS) return { running: { pid: 0, url: null } }
    // What is left of a process that was killed.
    if (process.platform !== 'win32') rmSync(address, { force: true })
  }
}

const ATTEMPTS = 3

/** A name of the project that fits into the length that systems allow. */
function addressOf(directory: string): string {
  const digest = createHash('sha256').update(realpathSync(directory)).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\mcp-gen-dev-${digest}`
  return join(tmpdir(), `mcp-gen-${userInfo().uid}-${digest}.sock`)
}

function listenAt(address: string): Promise<Claim | null> {
  let url: string | null = null
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end(JSON.stringify({ pid: process.pid, url } satisfies Running))
  })
  return new Promise((resolve) => {
    server.once('error', () => resolve(null))
    server.listen(address, () => resolve({ setUrl: (to) => (url = to), release: () => close(server) }))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

/** What answers there; nothing if nobody does. */
function ask(address: string): Promise<Running | null> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(address)
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    socket.on('error', () => resolve(null))
    socket.on('close', () => resolve(read(text)))
  })
}

function read(text: string): Running | null {
  try {
    return JSON.parse(text) as Running
  } catch {
    return null
  }
}
