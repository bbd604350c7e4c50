// `npm run bench:lanes`: what the compiled lane is worth: requests a second, and work of the server for each, on it and
// on the SDK lane, by the number of tools. `-- --rounds 9` measures more often; `-- --dry` leaves docs/performance.md as
// it is.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPackages } from '../../scripts/build.mjs'
import { installIfNeeded, requireNode, root } from '../../scripts/install.mjs'
import { spread } from '../build/measure.mjs'
import { number } from '../build/report.mjs'
import { askOnce, load } from './load.mjs'
import { writeReport } from './report.mjs'
import { requestsFor } from './requests.mjs'

const SIZES = [1, 10, 100, 1000]
const LANES = { compiled: ['compiled', 'sdk'], sdk: ['sdk'] }
/** As many as keep a server busy. */
const CONNECTIONS = 16
/** Milliseconds of each measurement, and of what goes before it. */
const WINDOW = 1_000
const WARM_UP = 1_500

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, dry: { type: 'boolean', default: false } },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`--rounds takes a whole number above 0, not ${values.rounds}.`)
  process.exit(2)
}

requireNode()
installIfNeeded()
buildPackages()
const { createTestIssuer } = await import('@mcp-secure/testing')
const issuer = await createTestIssuer({ audience: 'https://bench.example.com/mcp' })
try {
  const token = await issuer.issue({ form: 'opaque', scopes: ['echo:run'], expiresIn: 3_600 })
  const rows = []
  for (const tools of SIZES) rows.push(...(await measureSize(tools, token)))
  const verdicts = judge(rows)
  for (const { what, measured, wanted, isMet } of verdicts) {
    console.log(`${isMet ? 'met   ' : 'MISSED'}  ${what}: ${measured}; wanted: ${wanted}`)
  }
  if (!values.dry) writeReport(root, { rows, verdicts, rounds })
  process.exitCode = verdicts.every(({ isMet }) => isMet) ? 0 : 1
} finally {
  await issuer.stop()
}

/** Both servers at once, asked in turn, so that whatever else the machine does hits both alike. */
async function measureSize(tools, token) {
  const servers = {}
  try {
    for (const [lane, lanes] of Object.entries(LANES)) servers[lane] = await startServer({ lanes, tools })
    const rows = []
    for (const request of requestsFor(tools, token)) rows.push(await measure(servers, tools, request))
    return rows
  } finally {
    for (const server of Object.values(servers)) await server.stop()
  }
}

async function measure(servers, tools, { what, era, bytes, has }) {
  const measured = { compiled: [], sdk: [] }
  for (const lane of Object.keys(measured)) {
    const text = await askOnce(servers[lane].port, bytes)
    if (!text.includes(has)) throw new Error(`${what} on the lane ${lane} answered ${text.slice(0, 500)}`)
    await load(servers[lane].port, bytes, { connections: CONNECTIONS, milliseconds: WARM_UP })
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const lane of Object.keys(measured)) measured[lane].push(await window(servers[lane], bytes))
  }
  const row = { tools, what, era }
  for (const [lane, windows] of Object.entries(measured)) {
    row[lane] = { rate: spread(windows.map(({ rate }) => rate)), work: spread(windows.map(({ work }) => work)) }
  }
  row.ratio = spread(measured.compiled.map(({ rate }, round) => rate / measured.sdk[round].rate))
  row.saved = spread(measured.compiled.map(({ work }, round) => measured.sdk[round].work / work))
  console.log(
    `${String(tools).padStart(5)} tools  ${era}  ${what}  compiled ${show(row.compiled)}  sdk ${show(row.sdk)}  ` +
      `ratio ${number(row.ratio)}, of work ${number(row.saved)}`,
  )
  return row
}

async function window(server, bytes) {
  const before = await server.worked()
  const started = performance.now()
  const answers = await load(server.port, bytes, { connections: CONNECTIONS, milliseconds: WINDOW })
  const seconds = (performance.now() - started) / 1_000
  return { rate: answers / seconds, work: ((await server.worked()) - before) / answers }
}

function show({ rate, work }) {
  return `${Math.round(rate.median)}/s ${Math.round(work.median)} µs`
}

async function startServer({ lanes, tools }) {
  const { id, secret } = issuer.client
  const argument = JSON.stringify({ lanes, tools, issuer: issuer.issuer, client: { id, secret } })
  const child = fork(join(import.meta.dirname, 'server.mjs'), [argument], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const told = (name) =>
    Promise.race([
      new Promise((resolve) => {
        child.once('message', (message) => resolve(message[name]))
      }),
      ended.then((code) => {
        throw new Error(`the server ended with ${code}`)
      }),
    ])
  return {
    port: await told('port'),
    /** Microseconds of CPU time since it started. */
    async worked() {
      const answer = told('worked')
      child.send('worked')
      const { user, system } = await answer
      return user + system
    },
    async stop() {
      child.kill()
      await ended
    },
  }
}

function judge(rows) {
  const find = (tools, what, era) => rows.find((row) => row.tools === tools && row.what === what && row.era === era)
  return ['2026-07-28', '2025-11-25'].flatMap((era) => {
    const [one, thousand] = [find(1, 'tools/call', era), find(1000, 'tools/call', era)]
    const growth = thousand.compiled.work.median / one.compiled.work.median
    // By the work: how many requests a second that is depends on who else wants the processor.
    const least = Math.min(...rows.filter((row) => row.era === era).map(({ saved }) => saved.median))
    return [
      {
        what: `${era}: work of a call among 1,000 tools, against a call of the only tool`,
        measured: `${growth.toFixed(2)} times as much`,
        wanted: 'no more, within a quarter',
        isMet: growth <= 1.25,
      },
      {
        what: `${era}: work on the SDK lane against the compiled lane, where it saves least`,
        measured: `${least.toFixed(2)} times as much`,
        wanted: 'more than 1.5',
        isMet: least > 1.5,
      },
    ]
  })
}
