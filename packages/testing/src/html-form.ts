/** A control of a form that can send a value. */
export interface FormControl {
  readonly kind: 'input' | 'button'
  readonly type: string
  readonly name: string
  readonly value: string
}

/** A form as it stands in a page. */
export interface HtmlForm {
  /** As written; `undefined` means the page's own address. */
  readonly action: string | undefined
  readonly method: string
  readonly controls: readonly FormControl[]
}

/**
 * The forms of a page. A small tolerant reader for tests: it knows `input` and
 * `button`, which is what login and consent pages are made of, and no script.
 */
export function readForms(html: string): readonly HtmlForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, attributes = '', content = '']) => {
    const form = readAttributes(attributes)
    return {
      action: form.get('action'),
      method: (form.get('method') ?? 'get').toLowerCase(),
      controls: readControls(content),
    }
  })
}

/** The text of the first heading, for messages. */
export function readHeading(html: string): string {
  return textOf(/<h1\b[^>]*>([\s\S]*?)<\/h1>/i.exec(html)?.[1] ?? '')
}

/** The visible words of a page's main part, for messages. */
export function readWords(html: string): string {
  return textOf(/<main\b[^>]*>([\s\S]*?)<\/main>/i.exec(html)?.[1] ?? html)
}

function readControls(content: string): FormControl[] {
  return [...content.matchAll(/<(input|button)\b([^>]*)>/gi)].map(([, tag = '', text = '']) => {
    const attributes = readAttributes(text)
    const kind = tag.toLowerCase() === 'input' ? 'input' : 'button'
    return {
      kind,
      type: (attributes.get('type') ?? (kind === 'input' ? 'text' : 'submit')).toLowerCase(),
      name: attributes.get('name') ?? '',
      value: attributes.get('value') ?? '',
    }
  })
}

function readAttributes(text: string): Map<string, string> {
  const pattern = /([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g
  return new Map(
    [...text.matchAll(pattern)].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      decodeEntities(double ?? single ?? bare ?? ''),
    ]),
  )
}

function textOf(html: string): string {
  return decodeEntities(html.replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal) return String.fromCodePoint(Number(decimal))
    return entities[name] ?? whole
  })
}
