// The rules by which the documentation is checked, each shown to find what it is for.
import { describe, expect, it } from 'vitest'
import { checkCommands, commandsOf, optionsOf, type Programs } from './docs/check-commands.js'
import { checkLinks } from './docs/check-links.js'
import { checkSnippets } from './docs/check-snippets.js'
import { compareVariables, variablesIn, variablesOfTables } from './docs/environment.js'
import { findOrphans } from './docs/find-orphans.js'
import { readPage } from './docs/page.js'

describe('a snippet', () => {
  const files: Record<string, string> = { 'examples/a.ts': 'const a = 1\n  const b = 2\nconst c = 3' }
  const read = (name: string) => files[name]
  const check = (text: string) => checkSnippets(readPage('docs/a.md', text), read)
  const block = (code: string, language = 'ts', file = 'examples/a.ts') =>
    `<!-- file: ${file} -->\n\`\`\`${language}\n${code}\n\`\`\`\n`

  it.each([
    ['whole lines', block('const a = 1\n  const b = 2')],
    ['the last line of a file that does not end in one', block('const c = 3')],
    ['a command', '```sh\nnpm test\n```\n'],
    ['a drawing', '```\na → b\n```\n'],
  ])('may be %s', (_what, text) => expect(check(text)).toEqual([]))

  it.each([
    ['source without a file', '```ts\nconst a = 1\n```\n', 'names no file'],
    [
      'source whose file is named too far away',
      `<!-- file: examples/a.ts -->\n\ntext\n\n\`\`\`ts\nconst a = 1\n\`\`\`\n`,
      'names no file',
    ],
    ['source in a list without a file', '- first\n\n  ```json\n  {}\n  ```\n', 'names no file'],
    ['another line than the file has', block('const a = 2'), 'does not stand in examples/a.ts'],
    ['a part of a line', block('a = 1'), 'does not stand in'],
    ['a line with other indentation', block('const b = 2'), 'does not stand in'],
    ['lines with something left out', block('const a = 1\nconst c = 3'), 'does not stand in'],
    ['nothing', block(''), 'does not stand in'],
    ['of a file that does not exist', block('x', 'ts', 'examples/b.ts'), 'does not exist'],
    ['of a file that no test looks at', block('x', 'ts', 'scripts/a.mjs'), 'which no test looks at'],
    ['of a language that nobody checks', '```ruby\nputs 1\n```\n', 'has an unknown language'],
  ])('may not be %s', (_what, text, problem) => {
    expect(check(text)).toEqual([expect.stringContaining(problem)])
  })

  it('is read with the ends of lines that Windows has', () => {
    expect(check(block('const a = 1').replaceAll('\n', '\r\n'))).toEqual([])
  })
})

describe('a link', () => {
  const places = {
    exists: (path: string) => ['docs', 'docs/a.md', 'docs/b.md', 'examples/x y.ts'].includes(path),
    anchors: (path: string) => (path.endsWith('.md') ? readPage(path, B).anchors : undefined),
  }
  const B = '# The `spec`\n\n## Is it *safe*?\n\n## Is it safe?\n\n```md\n## No heading\n```\n'
  const check = (link: string) => checkLinks(readPage('docs/a.md', `[text](${link})\n`), places)

  it.each([
    'b.md',
    'b.md#the-spec',
    '#is-it-safe',
    '#is-it-safe-1',
    '.',
    '../examples/x%20y.ts',
    'https://example.com/',
  ])('may lead to %s', (link) => expect(check(link)).toEqual([]))

  it.each([
    ['c.md', 'does not exist'],
    ['../b.md', 'does not exist'],
    ['/docs/b.md', 'is not relative'],
    ['b.md#The-Spec', 'names no heading'],
    ['b.md#is-it-safe-2', 'names no heading'],
    ['b.md#no-heading', 'names no heading'],
    ['../examples/x%20y.ts#L1', 'names no heading'],
  ])('may not lead to %s', (link, problem) => expect(check(link)).toEqual([expect.stringContaining(problem)]))

  it('is found in lists, tables, quotes, headings and pictures, and not in code', () => {
    const text =
      '- [a](1)\n\n| a |\n|---|\n| [a](2) |\n\n> **[a](3)**\n\n## [a](4)\n\n![a](5) [a][r]\n\n`[a](6)`\n\n[r]: 7\n'
    expect(readPage('a.md', text).links).toEqual(['1', '2', '3', '4', '5', '7'])
  })
})

it('a page that nothing leads to is an orphan, whatever leads from it', () => {
  const pages = [
    readPage('docs/README.md', '[a](a.md)'),
    readPage('docs/a.md', '[b](sub/b.md#x)'),
    readPage('docs/sub/b.md', '[back](../README.md)'),
    readPage('docs/lost.md', '[a](a.md)'),
  ]
  expect(findOrphans(pages, 'docs/README.md')).toEqual(['docs/lost.md'])
})

describe('an environment variable', () => {
  it.each([
    ['a property of the environment', 'connect(environment.DATABASE_URL)'],
    ['a property of process.env', 'process.env.DATABASE_URL ?? 1'],
    ['a setting of a spec', "resource: env('DATABASE_URL', { development: 'x' })"],
    ['a secret or its file', "readSecret('DATABASE_URL', meaning, environment, problems)"],
    ['a setting as data', "{ env: 'DATABASE_URL', development: 'x' }"],
    ['taken out of the environment', 'const { DATABASE_URL } = process.env'],
    ['taken out under another name', 'const { DATABASE_URL: url } = environment'],
  ])('is found as %s', (_what, source) => expect(variablesIn(source)).toEqual(['DATABASE_URL']))

  it('is not found in comments', () => {
    expect(variablesIn("/** env('A_B') */\n// environment.C_D\nconst a = 1")).toEqual([])
  })

  it('has to be documented once, in a row of its own, and only if it is read', () => {
    const { firstCells } = readPage('a.md', '| v | |\n|---|---|\n| `A` | |\n| `B` | |\n| `B` | |\n| `c` or `D` | |\n')
    expect(variablesOfTables(firstCells)).toEqual(['A', 'B', 'B'])
    expect(compareVariables(new Set(['A', 'E']), variablesOfTables(firstCells))).toEqual([
      'E is read and not documented',
      'B is documented and not read',
      'B is documented twice',
    ])
  })
})

describe('a command', () => {
  const programs: Programs = {
    scripts: new Set(['build', 'test']),
    bins: new Set(['create-mcp-secure', 'mcp-gen']),
    generator: new Map([
      ['build', optionsOf('Options:\n      --project  the folder\n  -h, --help  Show help\n')],
      ['access', optionsOf('Options:\n      --output  the file\n')],
      ['access diff', optionsOf('Options:\n      --format  how\n')],
    ]),
  }
  const check = (text: string) => checkCommands(text, programs)

  it.each([
    'npm run build',
    'npm test -- packages/runtime   # one package',
    'NODE_ENV=development npm run build',
    'npx mcp-gen build --project examples/notes',
    'mcp-gen build --project=examples/notes',
    'mcp-gen access --output a.html',
    'npx mcp-gen access diff origin/main --format markdown',
    'npm create mcp-secure@latest notes',
    'npx create-mcp-secure@latest notes --yes',
    'code --add-mcp \'{"name":"notes"}\'',
    'mkdir hello && cd hello',
    'claude mcp add --transport http \\\n  notes http://localhost:3000/mcp',
    '# only a remark',
  ])('may be %s', (text) => expect(check(text)).toEqual([]))

  it.each([
    ['npm run biuld', 'there is no script biuld'],
    ['npm start', 'there is no script start'],
    ['npm publish', 'npm publish is not a command'],
    ['npm create mcp-secured', 'there is no package create-mcp-secured'],
    ['npx something-else', 'there is no package something-else'],
    ['npx mcp-gen biuld', 'mcp-gen has no command biuld'],
    ['mcp-gen build --projekt x', 'mcp-gen build has no option --projekt'],
    ['mcp-gen access dif main', 'mcp-gen access has no command dif'],
    ['mcp-gen access diff main --output x', 'mcp-gen access diff has no option --output'],
    ['mcp-gen access --format x', 'mcp-gen access has no option --format'],
    ['mkdir a && npm run biuld', 'there is no script biuld'],
    ['NODE_ENV=production npm run biuld', 'there is no script biuld'],
    ['claude mcp connect notes', 'claude is not used that way'],
    ['sudo rm -rf /', 'sudo is not a program that the documentation may use'],
    ['constructor', 'constructor is not a program'],
  ])('may not be %s', (text, problem) => expect(check(text)).toEqual([expect.stringContaining(problem)]))

  it('of mcp-gen is known from what its help lists', () => {
    expect(commandsOf('Commands:\n  mcp-gen build           check\n  mcp-gen explain [code]  say\n')).toEqual([
      'build',
      'explain',
    ])
    const inner =
      'mcp-gen access\n\nCommands:\n  mcp-gen access accept      record it\n  mcp-gen access diff <ref>  print it\n\nExamples:\n  mcp-gen access --json  print\n'
    expect(commandsOf(inner)).toEqual(['access accept', 'access diff'])
  })
})
