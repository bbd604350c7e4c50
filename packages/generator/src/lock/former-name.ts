import { isDeepStrictEqual } from 'node:util'
import type { AccessLock, LockedAccess } from './access-lock.js'
import { type Change, isLooser } from './change.js'
import { accessInWords, compareAccess } from './compare-access.js'
import { onlyIn } from './names.js'

/** Something that is gone, and that may live on under another name. */
export interface Former {
  readonly name: string
  readonly access: LockedAccess
}

/**
 * What a new tool or prompt may have been called before: one that is gone, takes
 * and gives the same, and that asked for more. Nobody knows whether it
 * was renamed; whoever reviews it should look.
 */
export function formerOf(
  kind: 'tool' | 'prompt',
  name: string,
  before: AccessLock,
  after: AccessLock,
): Former | undefined {
  const [was, is] = kind === 'tool' ? [before.tools, after.tools] : [before.prompts, after.prompts]
  const access = is[name]
  if (access === undefined) return undefined
  return onlyIn<LockedAccess>(was, is)
    .map(([former, rule]) => ({ name: former, access: rule }))
    .filter((former) => isDeepStrictEqual(shapeOf(kind, former.name, before), shapeOf(kind, name, after)))
    .find((former) =>
      compareAccess(
        { kind, name },
        { access: former.access, scopes: before.scopes },
        { access, scopes: after.scopes },
      ).some(isLooser),
    )
}

function shapeOf(kind: 'tool' | 'prompt', name: string, { schemas }: AccessLock): unknown {
  return kind === 'tool' ? schemas.tools[name] : schemas.prompts[name]
}

/** The changes of something new, the first of which says what to look at. */
export function withFormer([change, ...others]: readonly Change[], former: Former | undefined): readonly Change[] {
  if (change === undefined) return others
  if (former === undefined || change.after === null) return [change, ...others]
  const hint = `looser, if it is '${former.name}' renamed: that was for ${accessInWords(former.access)}`
  return [{ ...change, after: `${change.after} (${hint})` }, ...others]
}
