// `npm run interop`: the official clients, each in a process of its own, through the whole flow against examples/notes,
// and through what else there is in the protocol against the fixture of the conformance suite.
// Ends with 1 when one of them does not get through; says what was skipped.

import { join } from 'node:path'
import { buildFixture } from '../conformance/fixture.mjs'
import { buildPackages, buildProject, notes } from '../scripts/build.mjs'
import { installIfNeeded, requireNode } from '../scripts/install.mjs'
import { startFeatures } from './features.mjs'
import { findPython } from './python.mjs'
import { runProgram } from './run-program.mjs'
import { startWorld } from './world.mjs'

requireNode()
installIfNeeded()
buildPackages()
buildProject(notes)
buildFixture()

const here = import.meta.dirname
const python = await findPython(join(here, 'python'))
const node = (...args) => ({ command: process.execPath, args: [join(here, args[0]), ...args.slice(1)] })
const inPython = (script, ...args) => ({ ...python, args: [join(here, 'python', script), ...args] })
const FLOW = [
  { name: 'TypeScript, version 1', ...node('typescript-v1.mjs') },
  { name: 'TypeScript, version 2, 2026-07-28', ...node('typescript-v2.mjs', 'auto') },
  { name: 'TypeScript, version 2, 2025-11-25', ...node('typescript-v2.mjs', 'legacy') },
  { name: 'Python', ...inPython('flow.py', process.execPath, join(here, 'log-in.mjs')) },
  { name: 'TypeScript, version 1, stdio', ...node('stdio-v1.mjs') },
  { name: 'TypeScript, version 2, 2026-07-28, stdio', ...node('stdio-v2.mjs', 'auto') },
  { name: 'TypeScript, version 2, 2025-11-25, stdio', ...node('stdio-v2.mjs', 'legacy') },
  { name: 'Python, stdio', ...inPython('stdio.py', process.execPath, join(notes, 'dist', 'stdio.js')) },
]
const FEATURES = [
  { name: 'TypeScript, version 1: what else there is', ...node('typescript-v1-features.mjs') },
  { name: 'TypeScript, version 2, 2026-07-28: what else there is', ...node('typescript-v2-features.mjs', 'auto') },
  { name: 'TypeScript, version 2, 2025-11-25: what else there is', ...node('typescript-v2-features.mjs', 'legacy') },
  { name: 'Python: what else there is', ...inPython('features.py') },
]

const counts = { passed: 0, failed: 0, skipped: 0 }
await runAll(FLOW, await startWorld())
await runAll(FEATURES, await startFeatures())
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1

async function runAll(clients, world) {
  try {
    for (const client of clients) await runClient(client, world)
  } finally {
    await world.stop()
  }
}

async function runClient({ name, command, args, missing }, world) {
  console.log(`\n${name}`)
  if (command === undefined) {
    counts.skipped += 1
    console.log(`  skipped: ${missing}`)
    return
  }
  const { code, output } = await runProgram(command, args, world.environment)
  console.log(output.trimEnd().replace(/^/gm, '  '))
  counts[code === 0 ? 'passed' : 'failed'] += 1
  if (code !== 0) console.log(`  failed: it ended with ${code}\n${world.log().replace(/^/gm, '  | ')}`)
}
