import type { AccessLock, LockedAccess } from './access-lock.js'
import type { Change } from './change.js'
import { addedAccess, compareAccess, removedAccess } from './compare-access.js'
import { formerOf, withFormer } from './former-name.js'
import { commonNames, onlyIn } from './names.js'

/** Which tools and prompts there are, and who may use each. */
export function compareItems(before: AccessLock, after: AccessLock): readonly Change[] {
  return [
    ...compareKind('tool', before.tools, after.tools, before, after),
    ...compareKind('prompt', before.prompts, after.prompts, before, after),
  ]
}

function compareKind(
  kind: 'tool' | 'prompt',
  was: Readonly<Record<string, LockedAccess>>,
  is: Readonly<Record<string, LockedAccess>>,
  before: AccessLock,
  after: AccessLock,
): readonly Change[] {
  return [
    ...onlyIn(is, was).flatMap(([name, access]) =>
      withFormer(addedAccess({ kind, name }, access), formerOf(kind, name, before, after)),
    ),
    ...onlyIn(was, is).map(([name, access]) => removedAccess({ kind, name }, access)),
    ...commonNames(was, is).flatMap(([name, old, access]) =>
      compareAccess({ kind, name }, { access: old, scopes: before.scopes }, { access, scopes: after.scopes }),
    ),
  ]
}
