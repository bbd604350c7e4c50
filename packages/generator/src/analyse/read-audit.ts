import type { Report } from './report.js'
import { describe, member, type StaticObject, type StaticValue } from './static-value.js'

/** Whether a tool has its arguments in the audit record: `audit: { arguments: true }`, and nothing else says so. */
export function readAudit(tool: string, object: StaticObject, report: Report): boolean | null {
  const found = member(object, 'audit')
  if (found === null) return false
  const { value } = found
  if (value.kind !== 'object') return refuse(value, `it is ${describe(value)}`)
  const [hidden] = value.hidden
  if (hidden !== undefined) return refuse(hidden, `it holds ${hidden.construct}`)
  const other = value.members.find(({ key }) => key !== 'arguments')
  if (other !== undefined) return refuse(other.value, `it has ${other.key}, and only arguments means something`)
  const said = member(value, 'arguments')?.value
  if (said === undefined) return false
  return said.kind === 'literal' && typeof said.value === 'boolean'
    ? said.value
    : refuse(said, `arguments is ${describe(said)}, neither true nor false`)

  function refuse({ place }: Pick<StaticValue, 'place'>, construct: string): null {
    report.add('unreadable-audit', place, { tool, construct })
    return null
  }
}
