import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** A program of this example, running beside the tour. */
export interface Program {
  /** Resolves when it ends, by itself or by `stop`. */
  readonly ended: Promise<void>
  /**
   * Resolves when `url` answers 200.
   *
   * @throws When the program ends first; the message holds what it printed.
   */
  untilAnswers(url: string): Promise<void>
  stop(): Promise<void>
}

/** Starts a Node program, which prints into nowhere unless it fails. */
export function startProgram(script: string, environment: NodeJS.ProcessEnv, cwd: string): Program {
  const child = spawn(process.execPath, [script], { cwd, env: { ...process.env, ...environment } })
  const printed: string[] = []
  child.stdout.on('data', (text) => printed.push(String(text)))
  child.stderr.on('data', (text) => printed.push(String(text)))
  // Whatever ends the tour, the program does not outlive it.
  process.once('exit', () => child.kill())
  let running = true
  const ended = once(child, 'close').then(() => {
    running = false
  })
  return {
    ended,
    async untilAnswers(url) {
      while (running) {
        const answer = await fetch(url).catch(() => undefined)
        await answer?.body?.cancel()
        if (answer?.ok) return
        await Promise.race([setTimeout(50), ended])
      }
      throw new Error(`${script} ended before it was ready:\n${printed.join('')}`)
    },
    async stop() {
      if (running) child.kill('SIGTERM')
      await ended
    },
  }
}

/** `wanted` when nothing listens there, otherwise a port that is free now. */
export async function choosePort(wanted: number): Promise<number> {
  return (await canListen(wanted)) ?? (await canListen(0)) ?? wanted
}

/** The port that was opened and closed again, or nothing when another program has it. */
function canListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, 'localhost', () => {
      const address = probe.address()
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : undefined))
    })
  })
}
