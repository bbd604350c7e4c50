// `npm run interop`: the official clients, each in a process of its own, through the whole flow against examples/notes.
// Ends with 1 when one of them does not get through; says what was skipped.

import { join } from 'node:path'
import { buildPackages, notes } from '../scripts/build.mjs'
import { installIfNeeded, requireNode, root, runNode } from '../scripts/install.mjs'
import { findPython } from './python.mjs'
import { runProgram } from './run-program.mjs'
import { startWorld } from './world.mjs'

requireNode()
installIfNeeded()
buildPackages()
runNode(join(root, 'packages', 'generator', 'bin', 'mcp-gen.js'), ['build', '--project', notes])
runNode(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), ['--project', notes])

const here = import.meta.dirname
const python = await findPython(join(here, 'python'))
const CLIENTS = [
  { name: 'TypeScript, version 1', command: process.execPath, args: [join(here, 'typescript-v1.mjs')] },
  {
    name: 'TypeScript, version 2, 2026-07-28',
    command: process.execPath,
    args: [join(here, 'typescript-v2.mjs'), 'auto'],
  },
  {
    name: 'TypeScript, version 2, 2025-11-25',
    command: process.execPath,
    args: [join(here, 'typescript-v2.mjs'), 'legacy'],
  },
  { name: 'Python', ...python, args: [join(here, 'python', 'flow.py'), process.execPath, join(here, 'log-in.mjs')] },
  { name: 'TypeScript, version 1, stdio', command: process.execPath, args: [join(here, 'stdio-v1.mjs')] },
  {
    name: 'TypeScript, version 2, 2026-07-28, stdio',
    command: process.execPath,
    args: [join(here, 'stdio-v2.mjs'), 'auto'],
  },
  {
    name: 'TypeScript, version 2, 2025-11-25, stdio',
    command: process.execPath,
    args: [join(here, 'stdio-v2.mjs'), 'legacy'],
  },
  {
    name: 'Python, stdio',
    ...python,
    args: [join(here, 'python', 'stdio.py'), process.execPath, join(notes, 'dist', 'stdio.js')],
  },
]

const world = await startWorld()
const counts = { passed: 0, failed: 0, skipped: 0 }
try {
  for (const client of CLIENTS) await runClient(client)
} finally {
  await world.stop()
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1

async function runClient({ name, command, args, missing }) {
  console.log(`\n${name}`)
  if (command === undefined) {
    counts.skipped += 1
    console.log(`  skipped: ${missing}`)
    return
  }
  const { code, output } = await runProgram(command, args, {
    MCP_URL: world.resource,
    STDIO_NOTES_DATA: world.stdioData,
  })
  console.log(output.trimEnd().replace(/^/gm, '  '))
  counts[code === 0 ? 'passed' : 'failed'] += 1
  if (code !== 0) console.log(`  failed: it ended with ${code}\n${world.log().replace(/^/gm, '  | ')}`)
}
