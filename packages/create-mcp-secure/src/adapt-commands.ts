import { commandsOf, type PackageManager } from './package-manager.js'
import type { Files } from './read-template.js'
import { replaceOnce } from './replace-once.js'

/** Starters say npm. This makes them say what the project's package manager is asked instead. */
export function adaptCommands(files: Files, manager: PackageManager): Files {
  if (manager.name === 'npm') return files
  const adapted = new Map(files)
  const edit = (path: string, change: (text: string) => string): void =>
    void adapted.set(path, change(files.get(path) ?? ''))
  edit('README.md', (text) => withCommands(text, manager))
  edit('Dockerfile', (text) => withManager(withCommands(text, manager), manager))
  edit('.github/workflows/ci.yml', (text) => withSetup(withCommands(text, manager), manager))
  for (const [path, text] of ownFiles(manager)) adapted.set(path, text)
  return adapted
}

function withCommands(text: string, manager: PackageManager): string {
  const { frozen, frozenProduction, run, exec, lockFile } = commandsOf(manager)
  return text
    .replaceAll('npm ci --omit=dev', frozenProduction)
    .replaceAll('npm ci', frozen)
    .replaceAll(/\bnpm (?:run )?(dev|build|check|auth|test|start)\b( *(?=#))?/g, (said, script: string) =>
      // Comments stay below one another.
      run(script).padEnd(said.endsWith(' ') ? said.length : 0),
    )
    .replaceAll(/\bnpx /g, `${exec} `)
    .replaceAll('package-lock.json', lockFile)
}

/** The image of Node has npm and the first yarn, and has to be given the others. */
function withManager(dockerfile: string, { name, major }: PackageManager): string {
  if (isYarn1({ name, major })) return dockerfile
  const bring =
    name === 'yarn' ? 'corepack enable' : `npm install --global ${name}${major === undefined ? '' : `@${major}`}`
  const settings = name === 'yarn' ? '.yarnrc.yml ' : ''
  const copy = /COPY package\.json (\S+) \.\/\n/g
  if (!copy.test(dockerfile)) throw new Error('the Dockerfile of a starter copies no lock file any more')
  return dockerfile.replaceAll(
    copy,
    (_, lockFile: string) => `RUN ${bring}\nCOPY package.json ${lockFile} ${settings}./\n`,
  )
}

function withSetup(workflow: string, { name, major }: PackageManager): string {
  const cached = (text: string): string => replaceOnce(text, 'cache: npm', `cache: ${name}`)
  const before = (step: string): string =>
    replaceOnce(workflow, '      - uses: actions/setup-node', `${step}      - uses: actions/setup-node`)
  if (name === 'pnpm') {
    return cached(before(`      - uses: pnpm/action-setup@v4\n        with:\n          version: ${major ?? 10}\n`))
  }
  // What bun installs is not kept by the action for Node.
  if (name === 'bun') return replaceOnce(before('      - uses: oven-sh/setup-bun@v2\n'), '          cache: npm\n', '')
  return cached(isYarn1({ name, major }) ? workflow : before('      - run: corepack enable\n'))
}

/** What a package manager wants to have in a folder before it installs there. */
function ownFiles({ name, major }: PackageManager): readonly [string, string][] {
  if (name !== 'yarn' || isYarn1({ name, major })) return []
  return [
    // An empty lock file says that the project is one of its own, whatever lies above it.
    ['yarn.lock', ''],
    ['.yarnrc.yml', 'nodeLinker: node-modules\n'],
  ]
}

function isYarn1({ name, major }: PackageManager): boolean {
  return name === 'yarn' && (major === undefined || major < 2)
}
