import type { Implementation } from '@modelcontextprotocol/server'
import type { Icon } from '../definition.js'

export type ListedIcon = NonNullable<Implementation['icons']>[number]

/** Icons as the SDK has them: lists that may be written to. */
export function iconsOf(icons: readonly Icon[]): ListedIcon[] {
  return icons.map(({ sizes, ...icon }) => ({ ...icon, ...(sizes === undefined ? {} : { sizes: [...sizes] }) }))
}
