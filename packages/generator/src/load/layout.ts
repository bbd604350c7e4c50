import { join } from 'node:path'
import type { ItemKind } from '../model/item-name.js'

/** Where things are in a project, relative to it, with `/`. */
export const SERVER_MODULE = 'mcp/server.ts'
export const SERVICES_MODULE = 'mcp/services.ts'
export const TOOLS_DIRECTORY = 'mcp/tools'
export const RESOURCES_DIRECTORY = 'mcp/resources'
export const PROMPTS_DIRECTORY = 'mcp/prompts'
/** The folder of each kind of definition. */
export const DIRECTORIES: { readonly [K in ItemKind]: string } = {
  tool: TOOLS_DIRECTORY,
  resource: RESOURCES_DIRECTORY,
  prompt: PROMPTS_DIRECTORY,
}
export const GENERATED_DIRECTORY = 'generated'
export const PACKAGE_FILE = 'package.json'

const NO_DEFINITION = /^[_.]|\.(?:test|spec|d)\.m?ts$/

/** Whether a file in mcp/tools/, mcp/resources/ or mcp/prompts/ defines one: its name says so. */
export function isDefinitionFile(name: string): boolean {
  return /\.m?ts$/.test(name) && !NO_DEFINITION.test(name)
}

/** The path on this machine of a path of the project. */
export function onDisk(projectDirectory: string, path: string): string {
  return join(projectDirectory, ...path.split('/'))
}
