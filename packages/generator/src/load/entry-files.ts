import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { byCodeUnits } from '../model/order.js'
import {
  isDefinitionFile,
  onDisk,
  PROMPTS_DIRECTORY,
  RESOURCES_DIRECTORY,
  SERVER_MODULE,
  SERVICES_MODULE,
  TOOLS_DIRECTORY,
} from './layout.js'

/** The files that a build starts from, as paths of the project in a stable order. */
export interface EntryFiles {
  readonly server: string | null
  readonly services: string | null
  readonly tools: readonly string[]
  readonly resources: readonly string[]
  readonly prompts: readonly string[]
}

export function findEntryFiles(projectDirectory: string): EntryFiles {
  const existing = (path: string) => (isFile(onDisk(projectDirectory, path)) ? path : null)
  return {
    server: existing(SERVER_MODULE),
    services: existing(SERVICES_MODULE),
    tools: definitionsIn(projectDirectory, TOOLS_DIRECTORY),
    resources: definitionsIn(projectDirectory, RESOURCES_DIRECTORY),
    prompts: definitionsIn(projectDirectory, PROMPTS_DIRECTORY),
  }
}

/** Every file of a folder, and of the folders in it, that defines something, as paths of the project. */
export function definitionsIn(projectDirectory: string, directory: string): readonly string[] {
  return filesIn(projectDirectory, directory, []).sort(byCodeUnits)
}

/** `above` are the folders that lead here: a link back to one of them would never end. */
function filesIn(projectDirectory: string, directory: string, above: readonly string[]): string[] {
  const here = onDisk(projectDirectory, directory)
  if (!isDirectory(here)) return []
  const real = realpathSync(here)
  if (above.includes(real)) return []
  return readdirSync(here).flatMap((name) => {
    const path = `${directory}/${name}`
    if (isDirectory(onDisk(projectDirectory, path))) return filesIn(projectDirectory, path, [...above, real])
    // A name that is no text is found in its folder and nowhere else.
    const isThere = name.includes('\ufffd') || isFile(onDisk(projectDirectory, path))
    return isDefinitionFile(name) && isThere ? [path] : []
  })
}

export function isDirectory(path: string): boolean {
  return follow(path)?.isDirectory() ?? false
}

function isFile(path: string): boolean {
  return follow(path)?.isFile() ?? false
}

/** What a path leads to; a link that leads to itself leads to nothing. What may not be looked at is no such case. */
function follow(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')) throw error
    return undefined
  }
}
