import type { ListedIcon } from './icons.js'
import { isRecord } from './is-record.js'

const MOST_ICONS = 8
/** Characters: the list holds them. */
const LONGEST_DATA = 16_384
const LONGEST_URL = 2_048

const TYPES: readonly unknown[] = ['image/png', 'image/jpeg', 'image/jpg', 'image/svg+xml', 'image/webp']
const DATA = /^data:([a-z+/]+);base64,(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const SIZE = /^(?:[1-9]\d{0,4}x[1-9]\d{0,4}|any)$/

/**
 * Icons that a project's code gives, by the rule that holds for those in its spec, which a build checks (`icon-unsafe`):
 * a client is to fetch and show them (MCP 2025-11-25, icons).
 *
 * @throws {TypeError} for what is none; it quotes nothing
 */
export function listedIcons(value: unknown): ListedIcon[] {
  if (!Array.isArray(value) || value.length > MOST_ICONS) {
    throw new TypeError(`list() gives icons as a list of ${MOST_ICONS} at most.`)
  }
  return value.map(listedIcon)
}

function listedIcon(value: unknown): ListedIcon {
  const { src, mimeType, sizes, theme } = isRecord(value) ? value : {}
  if (typeof src !== 'string' || !isSource(src)) {
    throw new TypeError('list() gives icons whose src is an https URL, or a base64 data: URI of a picture.')
  }
  if (!isTypeOf(mimeType, src)) throw new TypeError('list() gives icons whose mimeType is that of their picture.')
  if (!isSizes(sizes)) throw new TypeError("list() gives icons whose sizes are a list of '48x48' or 'any'.")
  if (theme !== undefined && theme !== 'light' && theme !== 'dark') {
    throw new TypeError("list() gives icons whose theme is 'light' or 'dark'.")
  }
  return {
    src,
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(sizes === undefined ? {} : { sizes: [...sizes] }),
    ...(theme === undefined ? {} : { theme }),
  }
}

function isSource(src: string): boolean {
  if (src.startsWith('data:')) return src.length <= LONGEST_DATA && TYPES.includes(DATA.exec(src)?.[1])
  if (src.length > LONGEST_URL || /[^\x21-\x7e]/.test(src) || !URL.canParse(src)) return false
  const { protocol, username, password } = new URL(src)
  return protocol === 'https:' && src.startsWith('https://') && username === '' && password === ''
}

function isTypeOf(type: unknown, src: string): type is string | undefined {
  if (type === undefined) return true
  return TYPES.includes(type) && (!src.startsWith('data:') || src.startsWith(`data:${type};`))
}

function isSizes(sizes: unknown): sizes is readonly string[] | undefined {
  if (sizes === undefined) return true
  return Array.isArray(sizes) && sizes.length > 0 && sizes.every((size) => typeof size === 'string' && SIZE.test(size))
}
