// The authorization server and the server of examples/notes, as two processes, in a folder that goes away.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { notes } from '../scripts/build.mjs'
import { freePort } from '../scripts/free-port.mjs'

export async function startWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'interop-'))
  const [port, issuerPort] = [await freePort(), await freePort()]
  const resource = `http://localhost:${port}/mcp`
  const issuer = `http://localhost:${issuerPort}`
  const environment = {
    ...process.env,
    NODE_ENV: 'development',
    MCP_RESOURCE: resource,
    MCP_AUTH_ISSUER: issuer,
    NOTES_DATA: join(folder, 'notes'),
  }
  const programs = []
  const start = async (script, url) => {
    const program = startProgram(join(notes, 'dist', script), folder, environment)
    programs.push(program)
    await program.untilAnswers(url)
  }
  const stop = async () => {
    await Promise.all(programs.map((program) => program.stop()))
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await start(join('generated', 'authorization-server.gen.js'), `${issuer}/.well-known/oauth-authorization-server`)
    await start('main.js', `http://localhost:${port}/healthz`)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    environment: { MCP_URL: resource, STDIO_NOTES_DATA: join(folder, 'stdio-notes') },
    stop,
    log: () => programs.map((program) => program.printed()).join('\n'),
  }
}

function startProgram(script, cwd, env) {
  const child = spawn(process.execPath, [script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  // Whatever ends this run, the program does not outlive it.
  process.once('exit', () => child.kill())
  let printed = ''
  let running = true
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      printed += text
    })
  }
  const ended = new Promise((resolve) => child.once('close', resolve)).then(() => {
    running = false
  })
  return {
    printed: () => printed,
    async untilAnswers(url) {
      while (running) {
        const answer = await fetch(url).catch(() => undefined)
        await answer?.body?.cancel()
        if (answer?.ok) return
        await Promise.race([new Promise((resolve) => setTimeout(resolve, 50)), ended])
      }
      throw new Error(`${script} ended before it was ready:\n${printed}`)
    },
    async stop() {
      if (running) child.kill('SIGTERM')
      await ended
    },
  }
}
