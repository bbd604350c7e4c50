import type { Rules } from '../configuration/configuration.js'
import type { AccessPolicy } from '../definition.js'
import type { Item } from '../mcp/catalogue.js'

/** Who may use an item. */
export function policyOf({ kind, name }: Item, { tools, resources, prompts }: Rules): AccessPolicy | undefined {
  switch (kind) {
    case 'tool':
      return tools.get(name)
    case 'resource':
      return resources.get(name)
    case 'prompt':
      return prompts.get(name)
  }
}
