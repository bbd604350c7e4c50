import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Milliseconds to wait for another process: a server that is restarted may still be closing. */
const PATIENCE = 10_000

/**
 * Takes a folder for this process, and returns what gives it back. The database
 * inside a process has no lock of its own, and two of them on the same files
 * destroy each other's data. The lock of a process that is gone does not count.
 */
export async function lockFolder(folder: string, patience: number = PATIENCE): Promise<() => Promise<void>> {
  const file = join(folder, 'lock')
  const givenUp = Date.now() + patience
  while (!(await created(file))) {
    const owner = await ownerOf(file)
    if (owner !== undefined && !isRunning(owner)) await rm(file, { force: true })
    else if (Date.now() > givenUp) {
      throw new Error(
        `The folder ${folder} is in use by process ${owner ?? '(unknown)'}. End that one, or set NOTES_DATA to another folder.`,
      )
    } else await wait(50)
  }
  return () => rm(file, { force: true })
}

async function created(file: string): Promise<boolean> {
  try {
    await writeFile(file, `${process.pid}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function ownerOf(file: string): Promise<number | undefined> {
  const owner = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
  return Number.isNaN(owner) ? undefined : owner
}

function isRunning(pid: number): boolean {
  // In a container every run has the same process number: a lock with ours is one of an earlier run.
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
