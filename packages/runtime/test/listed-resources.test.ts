// What `list()` of a template says of one resource: all that the protocol lets a resource have, checked, and told to whom it means something.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createHarness, type Harness, MODERN, modern, post } from './support/harness.js'

const PICTURE = 'data:image/png;base64,iVBORw0KGgo='
const FULL = {
  variables: { id: 'a' },
  name: 'a.md',
  title: 'A note',
  description: 'The first',
  mimeType: 'text/markdown',
  icons: [
    { src: 'https://notes.example.com/a.svg', mimeType: 'image/svg+xml', sizes: ['any', '48x48'], theme: 'dark' },
    { src: PICTURE },
  ],
  annotations: { audience: ['user', 'assistant'], priority: 0.5, lastModified: '2026-01-02T03:04:05Z' },
  size: 1024,
  _meta: { 'com.example/panel': { wide: true }, plain: [1, null] },
}
const { variables: _variables, ...SHOWN } = FULL

let harness: Harness
let token: string
/** What the project's code lists. */
let entries: unknown

beforeAll(async () => {
  harness = await createHarness({
    tools: {},
    offers: {
      resources: {
        note: {
          access: { access: 'authenticated' },
          uri: 'notes://note/{id}',
          module: { variables: { id: z.string() }, list: () => entries, read: () => 'text' },
        },
      },
      prompts: {},
    },
  })
  token = await harness.token()
})
beforeEach(() => {
  entries = [FULL]
})
afterAll(() => harness.close())

interface Listed {
  readonly resources?: Record<string, unknown>[]
  readonly error?: { readonly code: number; readonly message: string }
}

async function list(revision: string = MODERN): Promise<Listed> {
  const body = { jsonrpc: '2.0', id: 1, method: 'resources/list', params: {} }
  const answer =
    revision === MODERN
      ? await modern(harness.app, 'resources/list', {}, { token })
      : await post(harness.app, body, { token, headers: { 'mcp-protocol-version': revision } })
  return { resources: answer.body.result?.resources, error: answer.body.error }
}

describe('an entry', () => {
  test.each(['2026-07-28', '2025-11-25'])('%s: is told with all that it has', async (revision) => {
    expect((await list(revision)).resources).toEqual([{ uri: 'notes://note/a', ...SHOWN }])
  })

  test('2025-06-18: is told without icons', async () => {
    const { icons: _icons, ...known } = SHOWN
    expect((await list('2025-06-18')).resources).toEqual([{ uri: 'notes://note/a', ...known }])
  })

  test('2025-03-26: is told without what came later, also in its annotations', async () => {
    const { icons: _icons, _meta, annotations, ...known } = SHOWN
    const { lastModified: _lastModified, ...older } = annotations
    expect((await list('2025-03-26')).resources).toEqual([{ uri: 'notes://note/a', ...known, annotations: older }])
  })

  test('without any of it has none of it', async () => {
    entries = [{ variables: { id: 'a' } }]
    expect((await list()).resources).toEqual([{ uri: 'notes://note/a', name: 'a' }])
  })

  test('is told without what a resource does not have, wherever it stands', async () => {
    entries = [
      {
        variables: { id: 'a' },
        password: 'hunter2',
        uri: 'notes://note/other',
        icons: [{ src: PICTURE, password: 'hunter2' }],
        annotations: { priority: 1, password: 'hunter2' },
      },
    ]
    expect((await list()).resources).toEqual([
      { uri: 'notes://note/a', name: 'a', icons: [{ src: PICTURE }], annotations: { priority: 1 } },
    ])
  })

  test('may have the smallest and the largest of everything', async () => {
    const icon = { src: `https://notes.example.com/${'a'.repeat(2_000)}` }
    entries = [
      {
        variables: { id: 'a' },
        icons: Array(8).fill(icon),
        annotations: {},
        size: 0,
        _meta: { a: 'x'.repeat(16_376) },
      },
      { variables: { id: 'b' }, icons: [], size: Number.MAX_SAFE_INTEGER, _meta: { 'com.example/': 1 } },
    ]
    const { resources = [] } = await list()
    expect(resources.map(({ uri, size }) => [uri, size])).toEqual([
      ['notes://note/a', 0],
      ['notes://note/b', Number.MAX_SAFE_INTEGER],
    ])
    expect(resources[0]?.icons).toHaveLength(8)
  })
})

describe('the list fails, says nothing of why, and the next one is answered, for', () => {
  const icon = (more: object): object => ({ icons: [{ src: PICTURE, ...more }] })
  const loop: Record<string, unknown> = {}
  loop.loop = loop

  test.each<[string, object]>([
    ['icons that are no list', { icons: { src: PICTURE } }],
    ['nine icons', { icons: Array(9).fill({ src: PICTURE }) }],
    ['an icon that is a text', { icons: [PICTURE] }],
    ['an icon without a source', { icons: [{ mimeType: 'image/png' }] }],
    ['an icon of http', icon({ src: 'http://notes.example.com/a.png' })],
    ['an icon of javascript', icon({ src: 'javascript:alert(1)' })],
    ['an icon of a file', icon({ src: 'file:///etc/passwd' })],
    ['an icon behind a password', icon({ src: 'https://ada:hunter2@notes.example.com/a.png' })],
    ['an icon with a line end', icon({ src: 'https://notes.example.com/a\n.png' })],
    ['an icon whose URL is too long', icon({ src: `https://notes.example.com/${'a'.repeat(2_048)}` })],
    ['a page as an icon', icon({ src: 'data:text/html;base64,aaaa' })],
    ['an icon that is not base64', icon({ src: 'data:image/svg+xml,<svg/>' })],
    ['an icon that is too large', icon({ src: `data:image/png;base64,${'a'.repeat(16_384)}` })],
    ['an icon of another type', icon({ mimeType: 'text/html' })],
    ['an icon of the wrong type', icon({ mimeType: 'image/webp' })],
    ['sizes that are a text', icon({ sizes: '48x48' })],
    ['a size that is none', icon({ sizes: ['48'] })],
    ['no sizes at all', icon({ sizes: [] })],
    ['a theme that there is not', icon({ theme: 'blue' })],
    ['annotations that are a text', { annotations: 'user' }],
    ['an audience that there is not', { annotations: { audience: ['everybody'] } }],
    ['a priority above 1', { annotations: { priority: 1.1 } }],
    ['a time that is none', { annotations: { lastModified: 'yesterday' } }],
    ['a size that is a text', { size: '1024' }],
    ['a size below 0', { size: -1 }],
    ['half a byte', { size: 0.5 }],
    ['an endless size', { size: Number.POSITIVE_INFINITY }],
    ['_meta that is a list', { _meta: [] }],
    ['_meta that is too much', { _meta: { a: 'x'.repeat(16_384) } }],
    ['_meta that JSON cannot say', { _meta: { a: 1n } }],
    ['_meta that holds itself', { _meta: loop }],
    ['a key of MCP', { _meta: { 'io.modelcontextprotocol/serverInfo': {} } }],
    ['a key that older revisions keep', { _meta: { 'mcp.example/a': 1 } }],
    ['a key that means something', { _meta: { progressToken: 1 } }],
    ['a key that is none', { _meta: { '/a': 1 } }],
    ['a prototype', { _meta: JSON.parse('{"__proto__":{"a":1}}') }],
    ['a title that is no text', { title: 7 }],
  ])('%s', async (_, more) => {
    entries = [{ variables: { id: 'fine' } }, { variables: { id: 'a' }, ...more }]
    for (const revision of [MODERN, '2025-03-26']) {
      const before = harness.log().length
      const { error } = await list(revision)
      expect(error).toMatchObject({
        code: -32603,
        message: expect.stringContaining('The resources could not be listed.'),
      })
      expect(harness.log().slice(before)).toMatch(/list\(\) gives|BigInt|circular/)
      expect(harness.log().slice(before)).not.toContain('hunter2')
    }
    entries = [FULL]
    expect((await list()).resources).toHaveLength(1)
  })
})
