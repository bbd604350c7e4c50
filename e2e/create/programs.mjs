// Programs as a user starts them: run to their end, or left running until they are stopped with all that they started.
import { spawn, spawnSync } from 'node:child_process'

const windows = process.platform === 'win32'

/** Everything that was started and not stopped yet. */
const running = new Set()

function start(command, args, { cwd, env }) {
  // A group of its own, so that what a package manager starts ends with it. On Windows taskkill knows the tree.
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
    detached: !windows,
  })
  const program = { child, name: [command, ...args].join(' '), output: '', ended: undefined }
  running.add(program)
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      program.output += text
    })
  }
  program.ended = new Promise((done) => {
    child.once('error', (error) => done(error.message))
    child.once('close', (code, signal) => done(code ?? signal))
  }).finally(() => running.delete(program))
  return program
}

/** Runs a program to its end. Throws with what it printed when that is not a good one. */
export async function run(command, args, options) {
  const started = performance.now()
  const program = start(command, args, options)
  const code = await program.ended
  if (code !== 0) throw new Error(`${program.name} ended with ${code}:\n${program.output}`)
  return { output: program.output, seconds: (performance.now() - started) / 1_000 }
}

/** Milliseconds; what is not ready by then will not be. */
const PATIENCE = 120_000

/** Starts a program and waits for the line that says it is ready. */
export async function startProgram(command, args, { ready, ...options }) {
  const program = start(command, args, options)
  let patience
  await new Promise((resolve, reject) => {
    patience = setTimeout(() => reject(new Error(`${program.name} is not ready:\n${program.output}`)), PATIENCE)
    const look = () => {
      if (ready.test(program.output)) resolve()
    }
    program.child.stdout.on('data', look)
    program.child.stderr.on('data', look)
    program.ended.then((code) => reject(new Error(`${program.name} ended with ${code}:\n${program.output}`)))
  }).finally(() => clearTimeout(patience))
  return { stop: () => stop(program), output: () => program.output }
}

async function stop(program) {
  if (!running.has(program)) return
  kill(program.child.pid, 'SIGTERM')
  const hard = setTimeout(() => kill(program.child.pid, 'SIGKILL'), 10_000)
  await program.ended
  clearTimeout(hard)
}

/** Stops whatever is still running, whatever happened before. */
export async function stopAll() {
  await Promise.all([...running].map(stop))
}

function kill(pid, signal) {
  try {
    if (windows) spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'])
    else process.kill(-pid, signal)
  } catch {
    // It ended by itself.
  }
}
