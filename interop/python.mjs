import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './run-program.mjs'

/** What the client needs. */
const OLDEST = [3, 10]

/**
 * A Python with the client installed, in a virtual environment of this folder;
 * or why there is none.
 */
export async function findPython(folder) {
  const name = process.platform === 'win32' ? 'python' : 'python3'
  const asked = await runProgram(name, ['-c', 'import sys, venv; print(*sys.version_info[:2])'])
  const [major, minor] = asked.output.trim().split(' ').map(Number)
  if (asked.code !== 0) return { missing: `there is no ${name} that can make a virtual environment` }
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    return { missing: `${name} is ${major}.${minor}, and the client needs ${OLDEST.join('.')}` }
  }
  const environment = join(folder, '.venv')
  const own = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin', 'python')
  const wanted = readFileSync(join(folder, 'requirements.txt'), 'utf8')
  const noted = join(environment, 'installed.txt')
  if (existsSync(noted) && readFileSync(noted, 'utf8') === wanted) return { command: own }
  console.log(`installing ${wanted.trim()} for ${name} …`)
  const steps = [
    [name, ['-m', 'venv', '--clear', environment]],
    [own, ['-m', 'pip', 'install', '--quiet', '--requirement', join(folder, 'requirements.txt')]],
  ]
  for (const [command, args] of steps) {
    const { code, output } = await runProgram(command, args)
    if (code !== 0)
      return { missing: `${args.slice(0, 3).join(' ')} did not work: ${output.trim().split('\n').at(-1)}` }
  }
  writeFileSync(noted, wanted)
  return { command: own }
}
