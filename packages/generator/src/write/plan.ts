import type { ExistingFile } from '../load/existing-output.js'
import { isOurs } from '../model/first-line.js'
import { byCodeUnits } from '../model/order.js'
import type { RenderedFile } from '../render/render.js'

/** What a build does to `generated/`, file by file, in the order of the paths. */
export type WritePlan = readonly WriteStep[]

export type WriteStep =
  | { readonly action: 'write'; readonly path: string; readonly text: string }
  | { readonly action: 'unchanged' | 'remove'; readonly path: string }

/** Compares what was rendered with what is there. */
export function plan(rendered: readonly RenderedFile[], existing: readonly ExistingFile[]): WritePlan {
  const before = new Map(existing.map(({ path, text }) => [path, text]))
  const after = new Set(rendered.map(({ path }) => path))
  const stale = existing.filter(({ path, text }) => !after.has(path) && isOurs(path, text))
  return [
    ...rendered.map(
      ({ path, text }): WriteStep =>
        isSame(before.get(path), text) ? { action: 'unchanged', path } : { action: 'write', path, text },
    ),
    ...stale.map(({ path }): WriteStep => ({ action: 'remove', path })),
  ].sort((a, b) => byCodeUnits(a.path, b.path))
}

/** A checkout with `core.autocrlf` differs in its line ends alone: that is no change. */
function isSame(before: string | null | undefined, text: string): boolean {
  return before?.replace(/\r\n/g, '\n') === text
}
