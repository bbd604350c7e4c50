import { spawn } from 'node:child_process'

/** Milliseconds; a client that takes longer waits for something that does not come. */
const PATIENCE = 60_000

/** Runs a program to its end, and returns what it printed. */
export async function runProgram(command, args, environment = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE)
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message
      resolve(-1)
    })
    child.once('close', (status, signal) => resolve(status ?? signal))
  })
  clearTimeout(patience)
  return { code, output }
}
