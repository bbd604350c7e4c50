import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { codeOf, ExitCode, Problem } from './problem.js'
import type { Files } from './read-template.js'

export interface Place {
  /** Absolute path. */
  readonly directory: string
  /** Whether there is such a directory; it is empty, or holds `.git` alone. */
  readonly exists: boolean
  readonly signal: AbortSignal
}

/**
 * Writes a project, whole or not at all: into a temporary directory, and from
 * there to its place by renaming. A directory that exists stays itself, since
 * somebody's shell may be in it, and gets what is in the temporary one. When it fails or `signal` is aborted,
 * nothing of it stays, and no directory that was made for it.
 *
 * @throws {Problem} when the disk does not let it, or it was interrupted
 */
export async function writeProject(files: Files, { directory, exists, signal }: Place): Promise<void> {
  const beside = exists ? directory : dirname(directory)
  // The first directory that had to be made: removing it removes all of them.
  let made: string | undefined
  let stage: string | undefined
  try {
    made = await mkdir(beside, { recursive: true })
    stage = await mkdtemp(join(beside, '.create-mcp-secure-'))
    const whole = join(stage, 'project')
    await mkdir(whole)
    for (const [path, text] of files) {
      signal.throwIfAborted()
      const target = join(whole, ...path.split('/'))
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, text)
    }
    signal.throwIfAborted()
    await (exists ? moveInto(directory, whole) : rename(whole, directory))
    made = undefined
  } catch (error) {
    throw asProblem(error, signal)
  } finally {
    if (stage !== undefined) await rm(stage, { recursive: true, force: true })
    if (made !== undefined) await rm(resolve(made), { recursive: true, force: true })
  }
}

/** All of it, or what was moved is taken away again. */
async function moveInto(directory: string, whole: string): Promise<void> {
  const moved: string[] = []
  try {
    for (const name of await readdir(whole)) {
      await rename(join(whole, name), join(directory, name))
      moved.push(name)
    }
  } catch (error) {
    for (const name of moved) await rm(join(directory, name), { recursive: true, force: true })
    throw error
  }
}

function asProblem(error: unknown, signal: AbortSignal): Problem {
  if (signal.aborted) return new Problem('Stopped; nothing was written.', ExitCode.interrupted)
  const code = codeOf(error)
  if (code === undefined) throw error
  const path = error instanceof Error && 'path' in error ? ` ${String(error.path)}` : ''
  return new Problem(
    `The project could not be written: ${REASONS[code] ?? code}${path && `,${path}`}. Nothing was left.`,
  )
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'that may not be written',
  EPERM: 'that may not be written',
  ENOTEMPTY: 'something else was written there in the meantime',
  EROFS: 'that file system is only for reading',
  ENAMETOOLONG: 'its path is too long',
}
