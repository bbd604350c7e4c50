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
  const content = await create()
  if (!(await createPrivateFile(file, content)) && (await readIfPresent(file)) === undefined) {
    // An empty file is what a crash of somebody else's tool leaves; nobody can use it.
    await rm(file, { force: true })
    await createPrivateFile(file, content)
  }
  return await readFile(file, 'utf8')
}

/**
 * Makes a file with mode 600, whole or not at all.
 *
 * @returns Whether it was made; `false` when there is one already.
 */
export async function createPrivateFile(file: string, content: string): Promise<boolean> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeFile(temporary, content, { mode: 0o600, flag: 'wx' })
    // A hard link, because unlike a rename it fails when the name is taken.
    await link(temporary, file)
    return true
  } catch (error) {
    if (!isErrorWithCode(error, 'EEXIST')) throw error
    return false
  } finally {
    await rm(temporary, { force: true })
  }
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

export function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
