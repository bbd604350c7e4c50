import { modern } from '../asks/ask.js'
import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import { holdingsFor } from '../holdings/holdings.js'
import { compare } from './compare.js'
import type { Row } from './row.js'
import { tokenFor } from './tokens-of.js'

/**
 * A resource that says itself which there are says it to those who may read it.
 * The others get the list without it: nobody with a token is refused a list.
 */
export function listRows(item: ExpectedItem, expected: ExpectedAccess): readonly Row[] {
  if (item.kind !== 'resource' || !item.lists) return []
  const handler = `list of resource ${item.name}`
  return holdingsFor(item, expected).map(
    ({ name, scopes, missing }): Row => ({
      subject: `resource ${item.name}`,
      name: `${missing.length === 0 ? 'is asked' : 'is not asked'} which there are for a caller with ${name}`,
      async run(world) {
        const token = await tokenFor(item, world, { scopes })
        const { status, runs } = await world.ask(modern('resources/list'), token)
        const asked = runs.filter((run) => run.handler === handler).length
        return compare('resources/list', { status: 200, asked: missing.length === 0 ? 1 : 0 }, { status, asked })
      },
    }),
  )
}
