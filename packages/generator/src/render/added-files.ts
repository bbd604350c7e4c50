import type { Addition } from '../add/kind.js'
import type { RenderedFile } from './render.js'
import { templateOf } from './templates.js'

/** The first version of what is added, and its test beside it: both compile, and the test passes. */
export function addedFiles(addition: Addition): readonly RenderedFile[] {
  const { kind, title, description, uri, access } = addition
  const scopes = access.kind === 'scopes' ? access.scopes : []
  const isPublic = access.kind === 'public'
  const view = { title, description, uri, scopes, access: access.kind, isPublic }
  return [
    { path: addition.module, text: templateOf('add', `${kind}.ts`)(view) },
    {
      path: addition.test,
      text: templateOf('add', 'test.ts')({ ...view, ...requestOf(addition, isPublic), ...words(scopes) }),
    },
  ]
}

interface Request {
  readonly method: string
  readonly params: object
  /** What the first version answers with. */
  readonly answer: string
}

function requestOf({ kind, name, uri }: Addition, isPublic: boolean): Request {
  switch (kind) {
    case 'tool':
      return {
        method: 'tools/call',
        params: { name, arguments: { text: 'hello' } },
        answer: isPublic ? 'You sent: hello' : 'ada sent: hello',
      }
    case 'resource':
      return { method: 'resources/read', params: { uri }, answer: isPublic ? 'Nothing yet' : 'Nothing yet for ada' }
    case 'prompt':
      return {
        method: 'prompts/get',
        params: { name, arguments: { topic: 'hello' } },
        answer: 'Tell me about hello.',
      }
  }
}

/** The names of the tests. */
function words(scopes: readonly string[]): Readonly<Record<'allowed' | 'refused' | 'challenge', string>> {
  const named = scopes.join(' and ')
  return {
    allowed: scopes.length === 0 ? 'answers every caller with a token' : `answers a caller who has ${named}`,
    refused: `names ${named} to a caller who has no scope`,
    challenge: `scope="${scopes.join(' ')}"`,
  }
}
