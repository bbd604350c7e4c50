import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { freePort } from './free-port.js'

/** A PostgreSQL server that exists for one test run. */
export interface TemporaryPostgres {
  /** A connection string for an empty database. */
  readonly url: string
  /** Stops the server and removes its files. */
  stop(): Promise<void>
}

interface Owner {
  readonly uid?: number
  readonly gid?: number
}

const run = promisify(execFile)

/**
 * Starts a throwaway PostgreSQL on an ephemeral loopback port, or returns
 * `undefined` when none is installed, so that a test can say that it was skipped.
 */
export async function startPostgres(): Promise<TemporaryPostgres | undefined> {
  const programs = await findPrograms()
  if (!programs) return undefined
  const owner = await unprivilegedOwner()
  const folder = await mkdtemp(join(tmpdir(), 'mcp-secure-postgres-'))
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  await run(programs.initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], owner)
  const port = await freePort()
  const server = spawn(
    programs.postgres,
    ['-D', data, '-k', folder, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    { ...owner, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const exited = once(server, 'exit')
  await untilReady(server.stderr, exited)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
      server.kill('SIGINT')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilReady(stderr: NodeJS.ReadableStream, exited: Promise<unknown>): Promise<void> {
  const lines = createInterface({ input: stderr })
  const ready = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line.includes('ready to accept connections')) resolve()
    })
  })
  const early = exited.then(() => {
    throw new Error('PostgreSQL ended before it was ready')
  })
  await Promise.race([ready, early])
  early.catch(() => {})
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
async function unprivilegedOwner(): Promise<Owner> {
  if (process.getuid?.() !== 0) return {}
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

async function findPrograms(): Promise<{ initdb: string; postgres: string } | undefined> {
  for (const folder of [...(await debianFolders()), ...(process.env.PATH ?? '').split(delimiter)]) {
    const names = await readdir(folder).catch((): string[] => [])
    if (names.includes('initdb') && names.includes('postgres')) {
      return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
    }
  }
  return undefined
}

async function debianFolders(): Promise<string[]> {
  const root = '/usr/lib/postgresql'
  const versions = await readdir(root).catch((): string[] => [])
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'))
}
