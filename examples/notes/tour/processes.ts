import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** A program of this example, running beside the tour. */
export interface Program {
  /** Resolves when it ends, by itself or by `stop`. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a Node program and waits until `url` answers 200.
 *
 * @throws When the program ends first; the message holds what it printed.
 */
export async function startProgram(
  script: string,
  environment: NodeJS.ProcessEnv,
  cwd: string,
  url: string,
): Promise<Program> {
  const child = spawn(process.execPath, [script], { cwd, env: { ...process.env, ...environment } })
  const printed: string[] = []
  child.stdout.on('data', (text) => printed.push(String(text)))
  child.stderr.on('data', (text) => printed.push(String(text)))
  const ended = once(child, 'exit').then(() => {})
  const early = ended.then(() => {
    throw new Error(`${script} ended before it was ready:\n${printed.join('')}`)
  })
  early.catch(() => {})
  await Promise.race([untilAnswers(url), early])
  return { ended, stop: () => stop(child, ended) }
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  await ended
}

async function untilAnswers(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** `wanted` when nothing listens there, otherwise a port that is free now. */
export async function choosePort(wanted: number): Promise<number> {
  return (await canListen(wanted)) ?? (await canListen(0)) ?? wanted
}

async function canListen(port: number): Promise<number | undefined> {
  const probe = createServer()
  probe.listen(port, 'localhost')
  const opened = await Promise.race([once(probe, 'listening').then(() => true), once(probe, 'error').then(() => false)])
  if (!opened) return undefined
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return address !== null && typeof address === 'object' ? address.port : undefined
}
