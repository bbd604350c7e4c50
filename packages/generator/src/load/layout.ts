import { join } from 'node:path'

/** Where things are in a project, relative to it, with `/`. */
export const SERVER_MODULE = 'mcp/server.ts'
export const SERVICES_MODULE = 'mcp/services.ts'
export const TOOLS_DIRECTORY = 'mcp/tools'
export const GENERATED_DIRECTORY = 'generated'
export const PACKAGE_FILE = 'package.json'

const NOT_A_TOOL = /^[_.]|\.(?:test|spec|d)\.m?ts$/

/** Whether a file in mcp/tools/ is a tool: its name says so. */
export function isToolFile(name: string): boolean {
  return /\.m?ts$/.test(name) && !NOT_A_TOOL.test(name)
}

/** The path on this machine of a path of the project. */
export function onDisk(projectDirectory: string, path: string): string {
  return join(projectDirectory, ...path.split('/'))
}
