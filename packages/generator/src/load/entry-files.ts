import { readdirSync, statSync } from 'node:fs'
import { byCodeUnits } from '../model/order.js'
import { isToolFile, onDisk, SERVER_MODULE, SERVICES_MODULE, TOOLS_DIRECTORY } from './layout.js'

/** The files that a build starts from, as paths of the project in a stable order. */
export interface EntryFiles {
  readonly server: string | null
  readonly services: string | null
  readonly tools: readonly string[]
}

export function findEntryFiles(projectDirectory: string): EntryFiles {
  const existing = (path: string) => (isFile(onDisk(projectDirectory, path)) ? path : null)
  return {
    server: existing(SERVER_MODULE),
    services: existing(SERVICES_MODULE),
    tools: toolsIn(projectDirectory, TOOLS_DIRECTORY).sort(byCodeUnits),
  }
}

function toolsIn(projectDirectory: string, directory: string): string[] {
  return list(onDisk(projectDirectory, directory)).flatMap((name) => {
    const path = `${directory}/${name}`
    if (isDirectory(onDisk(projectDirectory, path))) return toolsIn(projectDirectory, path)
    return isToolFile(name) && isFile(onDisk(projectDirectory, path)) ? [path] : []
  })
}

function list(directory: string): readonly string[] {
  return isDirectory(directory) ? readdirSync(directory) : []
}

export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
