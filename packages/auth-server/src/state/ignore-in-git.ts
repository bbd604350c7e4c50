import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isErrorWithCode } from './private-file.js'

/** Keeps keys and secrets out of commits: the project's `.mcp-secure` ignores itself. */
export async function ignoreInGit(...paths: readonly string[]): Promise<void> {
  const directories = new Set(paths.map(dirname).filter((directory) => basename(directory) === '.mcp-secure'))
  for (const directory of directories) {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await writeFile(join(directory, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: unknown) => {
      if (!isErrorWithCode(error, 'EEXIST')) throw error
    })
  }
}
