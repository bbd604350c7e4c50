import { posix } from 'node:path'
import type { Page } from './page.js'

/** What a link may lead to. */
export interface Places {
  exists(path: string): boolean
  /** The anchors of a page; nothing if it is no page. */
  anchors(path: string): ReadonlySet<string> | undefined
}

/** The links of a page that lead nowhere. Addresses elsewhere are not asked: tests need no internet. */
export function checkLinks({ name, links }: Page, places: Places): string[] {
  return links.flatMap((link) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return []
    if (link.startsWith('/')) return [`${name}: ${link} is not relative to the page`]
    const target = targetOf(name, link)
    if (!places.exists(target)) return [`${name}: ${link} leads to ${target}, which does not exist`]
    const [, anchor] = link.split('#', 2)
    if (anchor === undefined) return []
    return places.anchors(target)?.has(decodeURIComponent(anchor)) ? [] : [`${name}: ${link} names no heading there`]
  })
}

/** The path of a relative link in the repository. */
export function targetOf(page: string, link: string): string {
  const [path = ''] = link.split('#', 1)
  return path === '' ? page : posix.join(posix.dirname(page), decodeURIComponent(path)).replace(/\/$/, '')
}
