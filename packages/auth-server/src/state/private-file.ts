import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * The content of a file that only this user may read. When it is absent it is
 * made from `create`, with mode 600, in one step: a reader sees the whole
 * content or no file, and of two processes that make it at once the first wins
 * and both get its content.
 */
export async function readOrCreatePrivateFile(file: string, create: () => Promise<string>): Promise<string> {
  const existing = await readIfPresent(file)
  if (existing !== undefined) return existing
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeFile(temporary, await create(), { mode: 0o600, flag: 'wx' })
    await linkUnlessPresent(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
  return await readFile(file, 'utf8')
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    const content = await readFile(file, 'utf8')
    return content.trim() === '' ? undefined : content
  } catch (error) {
    if (isErrorWithCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** A hard link, because unlike a rename it fails when the name is taken. */
async function linkUnlessPresent(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file)
  } catch (error) {
    if (!isErrorWithCode(error, 'EEXIST')) throw error
    if ((await readIfPresent(file)) !== undefined) return
    // An empty file is what a crash of somebody else's tool leaves; nobody can use it.
    await rm(file, { force: true })
    await link(temporary, file)
  }
}

export function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
