import { type AskRequest, modern } from '../asks/ask.js'
import { asksFor } from '../asks/asks.js'
import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import { holdingsFor } from '../holdings/holdings.js'
import type { World } from '../world.js'
import { compare } from './compare.js'
import type { Difference, Row } from './row.js'
import { tokenFor } from './tokens-of.js'

const NOTHING = 'access_matrix_nothing'
const NOWHERE = 'access-matrix-nothing://nowhere'

/**
 * What comes of asking for something hidden: in every way, and byte for byte,
 * what comes of asking for something that there is not.
 */
export async function likeNothing(item: ExpectedItem, world: World, token: string): Promise<readonly Difference[]> {
  const nothing: ExpectedItem =
    item.kind === 'resource' ? { ...item, name: NOTHING, uri: NOWHERE } : { ...item, name: NOTHING }
  const found: Difference[] = []
  for (const ask of asksFor(item)) {
    const [hidden, unknown] = [ask.request(item), ask.request(nothing)]
    const outcome = await world.ask(unknown, token)
    found.push(...compare(ask.name, { ...outcome, challenge: null, runs: [] }, await world.ask(hidden, token)))
    // An answer may repeat the URI that was asked for.
    const asked = uriIn(hidden)
    const body = (await world.read(hidden, token)).replaceAll(asked ?? NOWHERE, NOWHERE)
    found.push(...compare(`${ask.name}, its body`, await world.read(unknown, token), body))
  }
  return found
}

function uriIn({ body }: AskRequest): string | undefined {
  return /"uri":"([^"]+)"/.exec(JSON.stringify(body))?.[1]
}

/** Which lists name something hidden: those of callers who may use it. */
export function hiddenRows(item: ExpectedItem, expected: ExpectedAccess): readonly Row[] {
  if (item.whenDenied !== 'hide') return []
  return holdingsFor(item, expected).map(({ name, scopes, missing }): Row => {
    const isShown = missing.length === 0
    return {
      subject: `${item.kind} ${item.name}`,
      name: `is ${isShown ? '' : 'not '}listed for a caller with ${name}`,
      async run(world) {
        const token = await tokenFor(item, world, { scopes })
        return compare(listOf(item), isShown, await isListed(item, world, token))
      },
    }
  })
}

/** Whether a caller is told that there is an item. */
export async function isListed(item: ExpectedItem, world: World, token: string): Promise<boolean> {
  return namesIn(await world.read(modern(listOf(item)), token)).includes(item.name)
}

function listOf(item: ExpectedItem): string {
  if (item.kind === 'tool') return 'tools/list'
  if (item.kind === 'prompt') return 'prompts/list'
  return item.uri.includes('{') ? 'resources/templates/list' : 'resources/list'
}

function namesIn(body: string): readonly string[] {
  const { result = {} } = JSON.parse(body) as { readonly result?: Readonly<Record<string, unknown>> }
  return Object.values(result).flatMap((list) =>
    Array.isArray(list) ? list.map(({ name }: { readonly name: string }) => name) : [],
  )
}
