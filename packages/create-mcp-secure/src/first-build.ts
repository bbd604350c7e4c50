import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Ran, runProgram } from './run-program.js'

/**
 * Runs `mcp-gen build`, so that an editor that opens the project knows its
 * scopes. The program is started from where it was installed: that takes half
 * a second less than asking a package manager for it.
 */
export async function firstBuild(
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Ran> {
  const installed = join(directory, 'node_modules', 'mcp-gen')
  if (!existsSync(join(installed, 'package.json'))) return { code: undefined, output: 'mcp-gen is not installed' }
  const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { bin: { 'mcp-gen': string } }
  const args = [join(installed, bin['mcp-gen']), 'build']
  return runProgram({ command: process.execPath, args, cwd: directory, env, signal })
}
