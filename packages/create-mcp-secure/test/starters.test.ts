import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type AuthName, type Choices, TEMPLATES, type TemplateName } from '../src/choices.js'
import type { PackageManager } from '../src/package-manager.js'
import { projectFiles } from '../src/project-files.js'
import { type Files, readTemplate, templatesDirectory } from '../src/read-template.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const npm: PackageManager = { name: 'npm', major: 11 }
const templates = Object.keys(TEMPLATES) as TemplateName[]

function project(choices: Partial<Choices>, manager: PackageManager = npm): Promise<Files> {
  const defaults = { directory: '/x/mine', name: 'mine', template: 'minimal', auth: 'embedded', issuer: undefined }
  return projectFiles({ ...defaults, ...choices } as Choices, manager)
}

const json = (files: Files, path: string) => JSON.parse(files.get(path) ?? '') as Record<string, Record<string, string>>

/** In every project. */
const COMMON = [
  '.dockerignore',
  '.env.example',
  '.gitattributes',
  '.github/workflows/ci.yml',
  '.gitignore',
  'Dockerfile',
  'README.md',
  'compose.yaml',
  'main.ts',
  'mcp/server.ts',
  'package.json',
  'stdio.ts',
  'test/client.ts',
  'test/free-port.ts',
  'test/running-server.ts',
  'test/tools.test.ts',
  'test/tsconfig.json',
  'tsconfig.json',
  'vitest.config.ts',
]

const OWN: Readonly<Record<TemplateName, readonly string[]>> = {
  minimal: ['mcp/tools/current-time.ts', 'mcp/tools/greet.ts'],
  notes: [
    'mcp/services.ts',
    'mcp/tools/delete-note.ts',
    'mcp/tools/list-notes.ts',
    'mcp/tools/write-note.ts',
    'store/database.ts',
    'store/lock-folder.ts',
    'store/notes.ts',
    'test/store.test.ts',
  ],
  api: [
    'development/fake-api.ts',
    'library/book.ts',
    'library/failures.ts',
    'library/http-api.ts',
    'library/library.ts',
    'mcp/services.ts',
    'mcp/tools/reserve-book.ts',
    'mcp/tools/search-books.ts',
    'test/http-api.test.ts',
    'test/services.test.ts',
  ],
}

const LOGIN: Readonly<Record<AuthName, string>> = { embedded: 'test/login.test.ts', oidc: 'test/tokens.test.ts' }

const combinations = templates.flatMap((template) =>
  (Object.keys(LOGIN) as AuthName[]).map((auth) => ({ template, auth })),
)

describe.each(combinations)('a project of $template with $auth', ({ template, auth }) => {
  it('holds these files, and nothing that running the starter left', async () => {
    const files = await project({ template, auth })
    expect([...files.keys()].sort()).toEqual([...COMMON, ...OWN[template], LOGIN[auth]].sort())
  })

  it('has its own name wherever the starter has its', async () => {
    const files = await project({ template, auth, name: '@acme/mine' })
    expect(json(files, 'package.json').name).toBe('@acme/mine')
    expect(files.get('mcp/server.ts')).toContain(`  name: 'mine',\n`)
    const readme = files.get('README.md')
    expect(readme).toMatch(/^# mine\n[\s\S]*--transport http mine http:[\s\S]*claude mcp add mine --env /)
    expect(readme).not.toContain(`claude mcp add ${template}`)
  })

  it('may have the name of the starter', async () => {
    const files = await project({ template, auth, name: template })
    expect(json(files, 'package.json').name).toBe(template)
    expect(files.get('mcp/server.ts')).toContain(`  name: '${template}',\n`)
    expect(files.get('README.md')).toMatch(new RegExp(`^# ${template}\n[\\s\\S]*--transport http ${template} http:`))
  })

  it('wants packages of ours of one version, and other people’s of those that are tested here', async () => {
    const files = await project({ template, auth })
    const { dependencies, devDependencies } = json(files, 'package.json')
    const own = JSON.parse(readFileSync(join(root, 'packages/create-mcp-secure/package.json'), 'utf8')).version
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
    for (const [name, wanted] of Object.entries({ ...dependencies, ...devDependencies })) {
      if (/^(?:@mcp-secure\/|mcp-gen$)/.test(name)) expect([name, wanted]).toEqual([name, own])
      else expect([name, firstNumber(wanted)]).toEqual([name, firstNumber(lock[`node_modules/${name}`].version)])
    }
  })

  it('compiles file by file, as the tools that strip types do', async () => {
    const { compilerOptions } = json(await project({ template, auth }), 'tsconfig.json')
    expect(compilerOptions).toMatchObject({ isolatedModules: true, verbatimModuleSyntax: true, strict: true })
  })

  it('says what starts it, and has the embedded authorization server only if that was chosen', async () => {
    const files = await project({ template, auth })
    const { scripts, devDependencies } = json(files, 'package.json')
    const embedded = auth === 'embedded'
    expect(scripts).toEqual({
      dev: 'mcp-gen dev',
      build: 'mcp-gen build && tsc',
      check: 'mcp-gen build --check',
      ...(embedded && { auth: 'node dist/generated/authorization-server.gen.js' }),
      start: 'node dist/main.js',
      test: 'vitest run',
    })
    expect(Object.hasOwn(devDependencies ?? {}, '@mcp-secure/auth-server')).toBe(embedded)
    expect(/embedded/.test(files.get('mcp/server.ts') ?? '')).toBe(embedded)
    expect(/npm run auth/.test(files.get('README.md') ?? '')).toBe(embedded)
    expect([...files.values()].some((text) => /auth-server'/.test(text))).toBe(embedded)
  })
})

describe('an issuer', () => {
  it('that is known is the development value', async () => {
    const files = await project({ auth: 'oidc', issuer: 'https://login.example.com/a' })
    expect(files.get('mcp/server.ts')).toContain(
      `auth: oidc({ issuer: env('MCP_AUTH_ISSUER', { development: 'https://login.example.com/a' }), tokens: 'jwt' }),`,
    )
  })

  it('that is not known is read from the environment alone', async () => {
    const files = await project({ auth: 'oidc' })
    expect(files.get('mcp/server.ts')).toContain(`auth: oidc({ issuer: env('MCP_AUTH_ISSUER'), tokens: 'jwt' }),`)
  })
})

describe.each([
  { name: 'pnpm', major: 10, lock: 'pnpm-lock.yaml', frozen: 'pnpm install --frozen-lockfile' },
  { name: 'yarn', major: 1, lock: 'yarn.lock', frozen: 'yarn install --frozen-lockfile' },
  { name: 'yarn', major: 4, lock: 'yarn.lock', frozen: 'yarn install --immutable' },
  { name: 'bun', major: 1, lock: 'bun.lock', frozen: 'bun install --frozen-lockfile' },
] as const)('a project for $name $major', ({ name, major, lock, frozen }) => {
  it.each(templates)('says so everywhere, of %s', async (template) => {
    const files = await project({ template }, { name, major })
    const [dockerfile = '', workflow = '', readme = ''] = ['Dockerfile', '.github/workflows/ci.yml', 'README.md'].map(
      (path) => files.get(path),
    )
    for (const text of [dockerfile, workflow, readme]) {
      // Bringing the other one into an image is what npm is still asked for.
      expect(text.replaceAll(/npm install --global \S+/g, '')).not.toMatch(/(?<![a-z])np[mx]\b|package-lock/)
    }
    expect(dockerfile).toContain(`COPY package.json ${lock}`)
    expect(dockerfile).toContain(`RUN ${frozen}\n`)
    expect(workflow).toContain(`- run: ${frozen}\n`)
    expect(workflow.includes('cache:')).toBe(name !== 'bun')
    expect(readme).toMatch(new RegExp(`^${name} (?:run )?dev +#`, 'm'))
  })

  it('has what it wants to find in a folder', async () => {
    const files = await project({}, { name, major })
    expect(files.has('.yarnrc.yml')).toBe(name === 'yarn' && major === 4)
  })
})

describe('the starters', () => {
  it('are those that are offered, and what is laid over them', () => {
    const folders = readdirSync(templatesDirectory(), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => name).sort()).toEqual(['_oidc', ...templates].sort())
  })

  it.each([
    'main.ts',
    'stdio.ts',
    'Dockerfile',
    '.dockerignore',
    '.gitattributes',
    '.gitignore',
    '.github/workflows/ci.yml',
    'test/client.ts',
    'test/free-port.ts',
    'test/running-server.ts',
    'test/tsconfig.json',
    'vitest.config.ts',
  ])('have one %s between them', async (path) => {
    const texts = await Promise.all(templates.map(async (name) => (await readTemplate(name)).get(path)))
    expect(new Set(texts).size).toBe(1)
    expect(texts[0]).toBeDefined()
  })
})

it('what is generated is folded in a review but for the policy, as the documentation has it', async () => {
  const documented = readFileSync(join(root, 'docs/examples/repository/gitattributes'), 'utf8').replaceAll('\r\n', '\n')
  const files = await readTemplate('minimal')
  expect(files.get('.gitattributes')).toBe(documented)
  expect(documented).toMatch(/^generated\/policy\.gen\.ts -linguist-generated$/m)
})

describe.each(templates)('the container of %s', (template) => {
  const read = async (path: string) => (await readTemplate(template)).get(path) ?? ''
  const instructions = async () => (await read('Dockerfile')).split('\n').filter((line) => /^[A-Z]+ /.test(line))

  it('is built on images that a number names', async () => {
    const images = (await instructions()).filter((line) => line.startsWith('FROM '))
    expect(images).toHaveLength(3)
    for (const image of images) expect(image).toMatch(/^FROM node:\d[\w.-]*-slim( AS \w+)?$/)
    const [, ...others] = /image: (\S+)/.exec(await read('compose.yaml')) ?? []
    for (const image of others) expect(image).toMatch(/:\d/)
  })

  it('installs what the lock file says', async () => {
    const runs = (await instructions()).filter((line) => line.startsWith('RUN '))
    expect(runs).toEqual(['RUN npm ci', 'RUN npm run build', 'RUN npm ci --omit=dev'])
  })

  it('runs as a user without rights, without a shell, and is asked whether it answers', async () => {
    const last = (await instructions()).slice((await instructions()).findLastIndex((line) => line.startsWith('FROM ')))
    const names = last.map((line) => line.split(' ', 1)[0])
    expect(last).toContain('USER node')
    expect(names.indexOf('USER')).toBeLessThan(names.indexOf('CMD'))
    expect(names.lastIndexOf('USER')).toBeGreaterThan(names.lastIndexOf('COPY'))
    expect(last).toContain('ENV NODE_ENV=production')
    for (const name of ['CMD', 'HEALTHCHECK']) {
      const command = last.find((line) => line.startsWith(name))?.replace(/^.*?CMD /, '')
      expect((JSON.parse(command ?? '') as string[])[0]).toBe('node')
    }
  })

  it('is given every variable of .env.example that must be set, and no secret is in it', async () => {
    const required = [...(await read('.env.example')).matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1])
    const compose = await read('compose.yaml')
    for (const name of required) expect(compose).toContain(`\${${name}:?`)
    for (const name of ['.dockerignore', '.gitignore']) {
      expect((await read(name)).split('\n')).toEqual(expect.arrayContaining(['.env', '.env.production']))
    }
  })

  it('keeps what is for production out of the file that development reads', async () => {
    const command = 'docker compose --env-file .env.production up --build'
    for (const name of ['.env.example', 'compose.yaml', 'README.md']) expect(await read(name)).toContain(command)
  })

  it('is checked by a workflow that may only read, with actions of a version', async () => {
    const workflow = await read('.github/workflows/ci.yml')
    expect(workflow).toContain('\npermissions:\n  contents: read\n')
    const actions = [...workflow.matchAll(/uses: (\S+)/g)].map((match) => match[1])
    expect(actions.length).toBeGreaterThan(0)
    for (const action of actions) expect(action).toMatch(/@v\d/)
    expect(workflow.match(/run: .*/g)).toEqual([
      'run: npm ci',
      'run: npm run check',
      'run: npm run build',
      'run: npx tsc --project test',
      'run: npm test',
    ])
  })

  it('is explained on one screen', async () => {
    expect((await read('README.md')).split('\n').length).toBeLessThanOrEqual(60)
  })
})

function firstNumber(version: string): string | undefined {
  return /\d+/.exec(version)?.[0]
}
