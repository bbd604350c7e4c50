import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigurationError } from '../configuration/configuration-error.js'
import { isErrorWithCode } from './private-file.js'

/** Directories that this process holds: a process number alone does not tell two servers in one process apart. */
const held: Set<string> = new Set()

/**
 * Takes a directory for this process; the in-process database has no lock of
 * its own, and two of them on the same files destroy each other's data.
 *
 * @returns What gives it back.
 * @throws ConfigurationError when another process that still runs has it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, 'lock')
  const mine = `${process.pid} ${randomBytes(8).toString('hex')}\n`
  if (held.has(directory)) throw inUse(directory, process.pid, file)
  held.add(directory)
  try {
    await take(directory, file, mine)
  } catch (error) {
    held.delete(directory)
    throw error
  }
  return async () => {
    held.delete(directory)
    if ((await contentOf(file)) === mine) await rm(file, { force: true })
  }
}

async function take(directory: string, file: string, mine: string): Promise<void> {
  for (;;) {
    try {
      await writeFile(file, mine, { flag: 'wx', mode: 0o600 })
      return
    } catch (error) {
      if (!isErrorWithCode(error, 'EEXIST')) throw error
    }
    const owner = Number.parseInt((await contentOf(file)) ?? '', 10)
    // In a container every run has the same process number: a lock with ours that we do not hold is an old one.
    if (owner !== process.pid && isRunning(owner)) throw inUse(directory, owner, file)
    // A rename takes the stale file away from whoever else finds it stale at the same moment.
    const stale = `${file}.${randomBytes(6).toString('hex')}.stale`
    await rename(file, stale).catch(ignoreMissing)
    await rm(stale, { force: true })
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return isErrorWithCode(error, 'EPERM')
  }
}

function inUse(directory: string, pid: number, file: string): ConfigurationError {
  return new ConfigurationError([
    `The state directory ${directory} is in use by process ${pid}.\n` +
      'Two authorization servers must not share it. Stop the other one, or give this one its own directory by MCP_AUTH_STATE.\n' +
      `When process ${pid} is no authorization server, delete ${file}.`,
  ])
}

async function contentOf(file: string): Promise<string | undefined> {
  return await readFile(file, 'utf8').catch(ignoreMissing)
}

function ignoreMissing(error: unknown): undefined {
  if (!isErrorWithCode(error, 'ENOENT')) throw error
}
