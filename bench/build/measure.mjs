// Runs programs and says how long they took and how much memory they held.
import { spawn } from 'node:child_process'
import { peakMemory } from './memory.mjs'

/** Runs a Node program to its end; throws with what it printed if it fails. */
export async function run(script, args, cwd) {
  const started = performance.now()
  const child = spawn(process.execPath, [script, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const memory = peakMemory(child.pid)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve) => child.on('close', resolve))
  const milliseconds = performance.now() - started
  const megabytes = memory.stop()
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}:\n${output}`)
  return { milliseconds, megabytes }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

export function spread(values) {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) }
}
