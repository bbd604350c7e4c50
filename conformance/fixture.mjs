// The server that the suite is run on: built from its spec, started as a process, its tokens from an issuer of ours.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { buildProject } from '../scripts/build.mjs'

const project = join(import.meta.dirname, 'server')

export function buildFixture() {
  buildProject(project)
}

/** How it is started: as its users start it, and with the SDK lane alone. */
const STARTS = {
  both: join(project, 'dist', 'main.js'),
  sdk: join(import.meta.dirname, 'sdk-lane.mjs'),
}

/** Starts it, on a port that the system chooses if none is given. */
export async function startFixture({ resource, issuer, lanes = 'both', port: own = 0 }) {
  const child = fork(STARTS[lanes], [], {
    cwd: project,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      HOST: 'localhost',
      PORT: String(own),
      MCP_RESOURCE: resource,
      MCP_ISSUER: issuer,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  })
  const log = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => log.push(text))
  const ended = new Promise((resolve) => child.once('close', resolve))
  const port = await Promise.race([
    new Promise((resolve) => child.on('message', (message) => message?.type === 'listening' && resolve(message.port))),
    ended.then((code) => {
      throw new Error(`the fixture server ended with ${code}:\n${log.join('')}`)
    }),
  ])
  return {
    hostname: 'localhost',
    port,
    log: () => log.join(''),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
