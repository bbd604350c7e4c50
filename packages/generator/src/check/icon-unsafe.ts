import type { Data } from '../analyse/data-of.js'
import type { Located } from '../analyse/facts.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import { isRecord } from '../model/is-record.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

/** What a client is to fetch and show is written out here: what it would refuse, or should, is no icon. */
export const iconUnsafe: Rule = ({ model }) => {
  const { server } = model
  return [
    ...(server === null ? [] : found('the server', server.icons)),
    ...itemsOf(model).flatMap((item) => found(nameOf(item), item.icons)),
  ]
}

function found(owner: string, icons: Located<Data> | null): ReturnType<Rule> {
  if (icons === null) return []
  return problemsOf(icons.value).map((problem) => diagnostic('icon-unsafe', icons.place, { owner, problem }))
}

const MOST_ICONS = 8
/** Characters: every list holds them. */
const LONGEST_DATA = 16_384
const LONGEST_URL = 2_048

const TYPES = ['image/png', 'image/jpeg', 'image/jpg', 'image/svg+xml', 'image/webp']
const KNOWN = ['src', 'mimeType', 'sizes', 'theme']
const DATA = /^data:([a-z+/]+);base64,(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const SIZE = /^(?:[1-9]\d{0,4}x[1-9]\d{0,4}|any)$/

function problemsOf(icons: Data): readonly string[] {
  if ('problem' in icons) return [icons.problem]
  const { value } = icons
  if (!Array.isArray(value)) return ['is no list']
  if (value.length === 0) return ['is an empty list']
  if (value.length > MOST_ICONS) return [`has ${value.length} entries; ${MOST_ICONS} are the most`]
  return value.flatMap((icon: unknown, index) => {
    const problem = problemOf(icon)
    return problem === undefined ? [] : [`holds at ${index} what ${problem}`]
  })
}

function problemOf(icon: unknown): string | undefined {
  if (!isRecord(icon)) return 'is no object'
  const unknown = Object.keys(icon).find((key) => !KNOWN.includes(key))
  if (unknown !== undefined) return `has '${unknown}', which MCP does not know`
  const { src, mimeType, sizes, theme } = icon
  if (typeof src !== 'string') return 'has no `src`'
  return sourceProblem(src) ?? typeProblem(src, mimeType) ?? sizesProblem(sizes) ?? themeProblem(theme)
}

function sourceProblem(src: string): string | undefined {
  if (src.startsWith('data:')) {
    if (src.length > LONGEST_DATA) return `is a data: URI of ${src.length} characters; ${LONGEST_DATA} are the most`
    const [, type = ''] = DATA.exec(src) ?? []
    return TYPES.includes(type) ? undefined : 'is no base64 data: URI of a picture'
  }
  const url = URL.canParse(src) ? new URL(src) : undefined
  if (url?.protocol !== 'https:' || !src.startsWith('https://')) return 'is neither an https URL nor a data: URI'
  if (url.username !== '' || url.password !== '') return 'holds a user or a password'
  return src.length > LONGEST_URL || /[^\x21-\x7e]/.test(src) ? 'is no URL that every client reads alike' : undefined
}

function typeProblem(src: string, type: unknown): string | undefined {
  if (type === undefined) return undefined
  if (typeof type !== 'string' || !TYPES.includes(type)) return `has a \`mimeType\` that is none of ${TYPES.join(', ')}`
  const isOther = src.startsWith('data:') && !src.startsWith(`data:${type};`)
  return isOther ? `has the \`mimeType\` ${type}, and is something else` : undefined
}

function sizesProblem(sizes: unknown): string | undefined {
  if (sizes === undefined) return undefined
  const isList = Array.isArray(sizes) && sizes.length > 0
  return isList && sizes.every((size) => typeof size === 'string' && SIZE.test(size))
    ? undefined
    : "has `sizes` that are no list of '48x48' or 'any'"
}

function themeProblem(theme: unknown): string | undefined {
  return theme === undefined || theme === 'light' || theme === 'dark'
    ? undefined
    : "has a `theme` that is neither 'light' nor 'dark'"
}
