import { targetOf } from './check-links.js'
import type { Page } from './page.js'

/** The pages that no way of links leads to from `start`. */
export function findOrphans(pages: readonly Page[], start: string): string[] {
  const byName = new Map(pages.map((page) => [page.name, page]))
  const reached = new Set<string>()
  const waiting = [start]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const page = byName.get(name)
    if (!page || reached.has(name)) continue
    reached.add(name)
    waiting.push(...page.links.map((link) => targetOf(page.name, link)))
  }
  return [...byName.keys()].filter((name) => !reached.has(name))
}
