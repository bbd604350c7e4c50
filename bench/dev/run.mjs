// `npm run bench:dev`: from the write of a tool's file to the first answer with
// the new behaviour, under `mcp-gen dev` and under `tsx watch` of a server
// written by hand, on this machine, one after the other.
//   --edits N   how many edits of each (20)
//   --once      one edit of each, to see that it works
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { generator } from '../../scripts/build.mjs'
import { freePort } from '../../scripts/free-port.mjs'
import { runNpm } from '../../scripts/install.mjs'
import { connect } from './caller.mjs'
import {
  EDITED,
  EDITED_NAME,
  handWrittenTool,
  TOOLS,
  toolFile,
  toolText,
  writeHandWritten,
  writeProject,
} from './project.mjs'

const bench = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: { edits: { type: 'string', default: '20' }, once: { type: 'boolean', default: false } },
})
const edits = values.once ? 1 : Number(values.edits)
if (!Number.isInteger(edits) || edits < 1) throw new Error(`--edits ${values.edits} is not a number of edits.`)
/** Nobody saves faster than this, and both get it: what they prepare for the next edit is part of what they are. */
const PAUSE = 1_500

/** Without a break the calls themselves would take the machine from what they wait for. */
const POLL = 10

// It brings tsx, which is compared with.
runNpm(['ci', '--prefix', bench, '--ignore-scripts', '--no-audit', '--no-fund', '--silent'])
mkdirSync(join(bench, '.tmp'), { recursive: true })
const folder = mkdtempSync(join(bench, '.tmp', 'dev-'))
try {
  const dev = await measureDev(join(folder, 'spec'))
  const tsx = await measureTsx(join(folder, 'by-hand'))
  print(dev, tsx)
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function measureDev(directory) {
  writeProject(directory)
  const [port, issuer] = [await freePort(), await freePort()]
  const environment = { MCP_RESOURCE: `http://localhost:${port}/mcp`, MCP_AUTH_ISSUER: `http://localhost:${issuer}` }
  const program = start([generator, 'dev', '--format', 'json'], directory, environment)
  try {
    await program.until((line) => line.includes('"status":"live"'))
    const caller = await connect(new URL(`http://localhost:${port}/mcp`))
    const times = await measure(caller, (text) =>
      writeFileSync(join(directory, toolFile(EDITED)), toolText(EDITED, text)),
    )
    const logins = caller.logins()
    await caller.close()
    return { times, logins }
  } finally {
    await program.end()
  }
}

async function measureTsx(directory) {
  writeHandWritten(directory)
  const port = await freePort()
  const tsx = join(bench, 'node_modules', 'tsx', 'dist', 'cli.mjs')
  const program = start([tsx, 'watch', '--clear-screen=false', 'main.ts'], directory, { PORT: String(port) })
  try {
    const url = new URL(`http://127.0.0.1:${port}/mcp`)
    let caller
    while (caller === undefined) caller = await connect(url).catch(() => sleep(50))
    const file = join(directory, 'tools', `${EDITED}.ts`)
    const times = await measure(caller, (text) => writeFileSync(file, handWrittenTool(EDITED, text)))
    await caller.close()
    return { times }
  } finally {
    await program.end()
  }
}

/** Milliseconds from each write to the first answer that shows it. */
async function measure(caller, write) {
  const times = []
  for (let edit = 0; edit < edits; edit++) {
    await sleep(PAUSE)
    const text = `edit-${edit}`
    write(text)
    const started = performance.now()
    while ((await caller.call(EDITED_NAME).catch(() => undefined)) !== `${text} x`) {
      await sleep(POLL)
      if (performance.now() - started > 30_000) throw new Error(`Edit ${edit} did not come through in 30 s.`)
    }
    times.push(performance.now() - started)
  }
  return times
}

function start(argv, cwd, environment) {
  const { NODE_ENV: _mode, ...inherited } = process.env
  const child = spawn(process.execPath, argv, {
    cwd,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = []
  const waiting = new Set()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      printed.push(line)
      for (const check of waiting) check(line)
    })
  }
  const ended = new Promise((resolve) => child.once('close', resolve))
  return {
    until: (isIt) =>
      new Promise((resolve, reject) => {
        waiting.add((line) => isIt(line) && resolve())
        if (printed.some(isIt)) resolve()
        void ended.then(() => reject(new Error(`It ended early:\n${printed.join('\n')}`)))
      }),
    async end() {
      child.kill('SIGINT')
      await ended
    },
  }
}

function print(dev, tsx) {
  const row = (name, { times }) =>
    `  ${name.padEnd(34)}median ${ms(quantile(times, 0.5))}   p95 ${ms(quantile(times, 0.95))}   (${times.length} edits)`
  const ratio = quantile(dev.times, 0.5) / quantile(tsx.times, 0.5)
  console.log(`\nFrom the write of a tool's file to the first answer with the new text, ${TOOLS} tools:\n`)
  console.log(row('mcp-gen dev, logged-in client', dev))
  console.log(row('tsx watch, written by hand', tsx))
  console.log(`\n  ratio ${ratio.toFixed(2)} (goals: median under 300 ms, ratio under 0.33)`)
  console.log(`  logins of the client of mcp-gen dev: ${dev.logins}, before the first edit\n`)
  if (dev.logins !== 1) process.exitCode = 1
}

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]
}

function ms(value) {
  return `${String(Math.round(value)).padStart(5)} ms`
}
