import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { GENERATED_DIRECTORY, onDisk } from '../load/layout.js'
import { isSystemError } from '../load/system-error.js'
import type { WriteFailure } from './write.js'

/** How long a build waits for another one to have written; writing takes milliseconds. */
export interface Patience {
  readonly attempts: number
  /** Milliseconds between two attempts. */
  readonly pause: number
}

/** Longer than a lock lasts whose owner was killed. */
const PATIENCE: Patience = { attempts: 200, pause: 50 }
const STALE_MILLISECONDS = 5_000

/** What another build has locked stays as it is. */
export const BUSY = 'EBUSY'

/**
 * Does something while no other build of this project writes. The lock is a
 * folder in `generated/`, there only meanwhile; one whose owner was killed is
 * taken over after some seconds.
 */
export async function exclusively<T>(
  projectDirectory: string,
  work: () => T,
  { attempts, pause }: Patience = PATIENCE,
): Promise<T | WriteFailure> {
  const folder = onDisk(projectDirectory, GENERATED_DIRECTORY)
  // Most builds have nothing to write, and what they do not need they do not load.
  const { lock } = await import('proper-lockfile')
  try {
    mkdirSync(folder, { recursive: true })
    const release = await lock(folder, {
      lockfilePath: lockOf(folder),
      realpath: false,
      stale: STALE_MILLISECONDS,
      retries: { retries: attempts, factor: 1, minTimeout: pause, maxTimeout: pause },
      // Whatever takes it away meanwhile, what is written is written as a whole.
      onCompromised: () => undefined,
    })
    try {
      return work()
    } finally {
      await release().catch(() => undefined)
    }
  } catch (error) {
    if (isLocked(error)) return { path: GENERATED_DIRECTORY, problem: BUSY }
    if (!isSystemError(error)) throw error
    return { path: GENERATED_DIRECTORY, problem: error.code }
  } finally {
    removeIfEmpty(folder)
  }
}

export function lockOf(folder: string): string {
  return join(folder, '.mcp-gen.lock')
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ELOCKED'
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // It holds what was written.
  }
}
