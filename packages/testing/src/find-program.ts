import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Where Debian has servers, and not in the path of everybody. */
const MORE_FOLDERS = ['/usr/sbin', '/usr/local/sbin']

/** The path of a program, or nothing if it is not installed. */
export async function findProgram(name: string): Promise<string | undefined> {
  const names = process.platform === 'win32' ? [`${name}.exe`] : [name]
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...MORE_FOLDERS]) {
    for (const file of names.map((own) => join(folder, own))) {
      const found = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (folder !== '' && found) return file
    }
  }
  return undefined
}
